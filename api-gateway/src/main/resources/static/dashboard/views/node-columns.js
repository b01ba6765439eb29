// The columns of tables of nodes: the list of all nodes and the watch list have the same rows.

import { h } from '../dom.js';
import { link } from '../router.js';
import { isIdentifier } from '../address.js';
import { serverNow } from '../api.js';
import { showMessage } from '../message.js';
import { age, amount, nothing, orNothing, percent, shortened, statusOf, whole } from '../parts.js';
import { t } from '../texts.js';
import { bothZones, roughly } from '../times.js';
import { isWatched, MOST_WATCHED, unwatch, watch } from '../watch-list.js';

const HOUR_MS = 3_600_000;
/** An owner must act within a day. */
const SOON_MS = 24 * HOUR_MS;
/** Sort keys in older links. */
const OLD_SORTS = new Map([['weight', 'votingWeight'], ['uptime', 'uptimePercent']]);

/** Names as in the style sheet; `sort` as in the API, descending first where that is more useful. */
export const COLUMNS = [
  { name: 'watched' },
  { name: 'rank' },
  { name: 'node', sort: 'identifier' },
  { name: 'status' },
  { name: 'hardware' },
  { name: 'region' },
  { name: 'model' },
  { name: 'today', unit: 'GNK', sort: '-earningsDay' },
  { name: 'unclaimed', unit: 'GNK' },
  { name: 'deadline' },
  { name: 'total', unit: 'GNK', sort: '-earningsTotal' },
  { name: 'weight', sort: '-votingWeight' },
  { name: 'uptime', unit: t('unit.hours', { n: 24 }), sort: '-uptimePercent' },
  { name: 'seen', sort: '-fetchedAt' },
];

export const columnName = (name) => t(`column.${name}`);
export const bare = (sort) => sort.replace('-', '');
export const reversed = (sort) => (sort.startsWith('-') ? bare(sort) : `-${sort}`);

/** The sort order in a route, with the name of a field as key. */
export function sortIn(parameters) {
  const sort = parameters.get('sort') ?? '';
  const field = OLD_SORTS.get(bare(sort)) ?? bare(sort);
  return sort.startsWith('-') ? `-${field}` : field;
}

/**
 * @param columns of COLUMNS, with the sort keys that this table has
 * @param change called with the next sort order
 */
export function nodeRows({ label, columns, nodes, answerOf, chosenSort, change }) {
  return h('div', { class: 'table-place' }, h('table', { class: 'nodes', role: 'table', 'aria-label': label },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns.map((column) => head(column, chosenSort, change)))),
    h('tbody', { role: 'rowgroup' }, nodes.map((node) => row(columns, node, answerOf(node))))));
}

function head({ name, unit, sort }, chosen, change) {
  const title = columnName(name);
  if (name === 'watched') {
    return h('th', { scope: 'col', role: 'columnheader', class: 'col-watched', key: name }, h('span', { class: 'spoken' }, title));
  }
  const text = [title, unit ? h('span', { class: 'unit' }, ` ${unit}`) : null];
  const common = { scope: 'col', role: 'columnheader', class: `col-${name}`, key: name, title };
  if (!sort) {
    return h('th', common, text);
  }
  const order = bare(sort) !== bare(chosen ?? '') ? 'none' : chosen.startsWith('-') ? 'descending' : 'ascending';
  return h('th', { ...common, 'aria-sort': order },
    h('button', { type: 'button', onclick: () => change(order === 'none' ? sort : reversed(chosen)) }, text));
}

function row(columns, node, answer) {
  return h('tr', { key: node.identifier, role: 'row' }, columns.map(({ name }) => (name === 'node'
    ? h('th', { scope: 'row', role: 'rowheader', class: 'col-node', key: name }, nodeName(node))
    : h('td', { role: 'cell', class: `col-${name}`, key: name, 'data-name': columnName(name) }, CELLS[name](node, answer)))));
}

/** One line: the name with the end of the address, or the address. */
function nodeName({ identifier, displayName }) {
  return h('a', { href: link(['nodes', identifier]), title: displayName ? `${displayName}\n${identifier}` : identifier },
    displayName ? [h('b', { class: 'clip' }, displayName.replace(/^https?:\/\//, '')), h('span', { class: 'address' }, ending(identifier))]
      : h('b', { class: 'address' }, shortened(identifier)));
}

const ending = (identifier) => (identifier.length > 22 ? `…${identifier.slice(-6)}` : identifier);

const stat = (name, show) => ({ stats }) => (stats ? orNothing(stats[name], show) : nothing());
const clipped = (text) => h('span', { class: 'clip', title: text }, text);

const CELLS = {
  watched: ({ identifier, displayName }) => watchButton(identifier, displayName),
  rank: stat('rank', whole),
  status: ({ stats }) => statusOf(stats),
  hardware: ({ gpuType }) => orNothing(gpuType, clipped),
  region: ({ region }) => orNothing(region, clipped),
  model: ({ stats }) => models(stats),
  today: ({ stats }) => amount(stats?.earningsDay, stats?.earningsDayNgonka),
  unclaimed: ({ rewards }) => (rewards && rewards.unclaimedNgonka !== '0' ? amount(rewards.unclaimed, rewards.unclaimedNgonka)
    : h('span', { class: 'nothing' }, h('span', { 'aria-hidden': 'true' }, '–'), h('span', { class: 'spoken' }, t('column.noUnclaimed')))),
  deadline: ({ rewards }) => (rewards?.claimBefore ? deadline(rewards.claimBefore) : null),
  total: ({ stats }) => amount(stats?.earningsTotal, stats?.earningsTotalNgonka),
  weight: stat('votingWeight', whole),
  uptime: stat('uptimePercent', percent),
  seen: ({ stats }, answer) => (stats?.fetchedAt ? age(stats.fetchedAt, stats.ageSeconds, answer) : nothing()),
};

function models(stats) {
  const names = stats?.models ?? (stats?.activeModel ? [stats.activeModel] : []);
  if (names.length === 0) {
    return nothing();
  }
  const [first] = names;
  return h('span', { class: 'clip', title: names.join('\n') }, first.split('/').at(-1), names.length > 1 ? ` +${names.length - 1}` : '');
}

/** The time until the reward is lost, in one unit. */
export function deadline({ epoch, at }) {
  if (!at) {
    return h('span', { title: t('column.beforeEpoch', { epoch }) }, t('column.epoch', { epoch }));
  }
  const rest = Date.parse(at) - serverNow();
  return h('time', {
    datetime: at, class: rest < SOON_MS ? 'is-soon' : '', title: `${t('column.beforeEpoch', { epoch })}\n${bothZones(at)}`,
  }, rest > 0 ? roughly(rest / 1000) : t('column.passed'));
}

/** A star that adds the node to the watch list of this browser, or removes it. */
export function watchButton(identifier, displayName) {
  if (!isIdentifier(identifier)) {
    return null;
  }
  const watched = isWatched(identifier);
  const name = displayName ?? shortened(identifier);
  return h('button', {
    type: 'button', class: `star${watched ? ' is-watched' : ''}`, 'aria-pressed': String(watched), 'aria-label': t('watch.star', { name }),
    title: t(watched ? 'watch.remove' : 'watch.add'), onclick: () => (watched ? unwatch(identifier) : add(identifier)),
  }, h('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: 'M10 2.2l2.4 4.9 5.4.8-3.9 3.8.9 5.4-4.8-2.6-4.8 2.6.9-5.4L2.2 7.9l5.4-.8z' })));
}

function add(identifier) {
  if (watch([identifier]) === 0) {
    showMessage(t('watch.full', { n: MOST_WATCHED }));
  }
}
