// The table of nodes: filters, search, sort order and pages.

import { h } from '../dom.js';
import { go, link, slip } from '../router.js';
import { age, amount, badge, empty, nothing, orNothing, panel, percent, shortened, waiting, whole, wordFor } from '../parts.js';
import { saveCsv } from '../csv.js';

const STATUSES = ['healthy', 'unhealthy', 'jailed', 'offline', 'unknown'];
const SIZES = ['25', '50', '100', '200'];
const USUAL_SIZE = '25';
const USUAL_SORT = '-weight';
const TYPING_PAUSE_MS = 250;
const COLUMNS = [
  { name: 'Node', sort: 'identifier' },
  { name: 'Status' },
  { name: 'Hardware' },
  { name: 'Model' },
  { name: 'Weight', sort: '-weight' },
  { name: 'Uptime', unit: '24 h', sort: '-uptime' },
  { name: 'Today', unit: 'GNK', sort: '-earningsDay' },
  { name: 'Total', unit: 'GNK', sort: '-earningsTotal' },
  { name: 'Seen', unit: 'ago', sort: '-fetchedAt' },
];
const FILTERS = ['status', 'gpuType', 'region', 'model', 'q', 'sort', 'limit', 'cursor'];

/** The cursors of previous pages: the API only returns the next one. */
const before = new Map();
let typing;

/** The parameters of the table in the route. */
export function tableChoice(parameters) {
  return {
    status: parameters.getAll('status').filter((status) => STATUSES.includes(status)),
    gpuType: parameters.get('gpuType') ?? '',
    region: parameters.get('region') ?? '',
    model: parameters.get('model') ?? '',
    q: parameters.get('q') ?? '',
    sort: COLUMNS.some(({ sort }) => sort && bare(sort) === bare(parameters.get('sort') ?? '')) ? parameters.get('sort') : USUAL_SORT,
    limit: SIZES.includes(parameters.get('limit')) ? parameters.get('limit') : USUAL_SIZE,
    cursor: parameters.get('cursor') ?? '',
  };
}

export function nodesQuestion(chosen) {
  return { url: '/api/v1/nodes' + query(chosen), everySeconds: 10 };
}

/** The options of the filters: GPU types and regions of the 500 nodes with the highest weight. */
export const optionsQuestion = { url: '/api/v1/nodes?sort=-weight&limit=500', everySeconds: 300 };

export function nodeTable({ feed, options, models, chosen, others, retry }) {
  const to = (changes) => link([], { ...others, ...worthSaying({ ...chosen, cursor: '', ...changes }) });
  const change = (changes) => go(to(changes));
  const save = () => saveCsv('/api/v1/nodes' + query({ ...chosen, limit: '500', cursor: '' }), 'nodes.csv');
  return panel('Nodes', h('button', { type: 'button', class: 'button', onclick: save }, 'CSV'),
    filters(chosen, to, change, options, models),
    feed.answer ? filled(feed, chosen, to, change) : waiting(feed, 'nodes', retry));
}

function filters(chosen, to, change, options, models) {
  const filtered = chosen.status.length > 0 || chosen.q || chosen.gpuType || chosen.region || chosen.model;
  const toggled = (status) => (chosen.status.includes(status)
    ? chosen.status.filter((one) => one !== status) : [...chosen.status, status]);
  return h('div', { class: 'filters', role: 'search', 'aria-label': 'Nodes' },
    h('label', { class: 'search' }, h('span', { class: 'spoken' }, 'Search by name or address'),
      h('input', {
        type: 'search', value: chosen.q, placeholder: 'Name or address', maxlength: '255', spellcheck: 'false', autocomplete: 'off',
        oninput: (event) => searchSoon(event.target.value, to),
      })),
    h('fieldset', { class: 'toggles' }, h('legend', { class: 'spoken' }, 'Status'),
      STATUSES.map((status) => h('label', { key: status },
        h('input', { type: 'checkbox', value: status, checked: chosen.status.includes(status), onchange: () => change({ status: toggled(status) }) }),
        h('span', { class: `key is-${status}` }, wordFor(status))))),
    h('div', { class: 'selects' }, select('Hardware', chosen.gpuType, distinct(options, (node) => node.gpuType), (gpuType) => change({ gpuType })),
    select('Region', chosen.region, distinct(options, (node) => node.region), (region) => change({ region })),
    select('Model', chosen.model, models, (model) => change({ model }))),
    h('label', { class: 'only-narrow' }, h('span', { class: 'spoken' }, 'Sort by'),
      h('select', { value: chosen.sort, onchange: (event) => change({ sort: event.target.value }) }, sortOptions(chosen.sort))),
    filtered ? h('button', { type: 'button', class: 'button is-plain', key: 'clear', onclick: () => {
      clearTimeout(typing);
      // A refresh does not overwrite the field while the user types, so a reset must.
      document.querySelector('.search input').value = '';
      change({ status: [], q: '', gpuType: '', region: '', model: '' });
    } }, 'Clear') : null);
}

function searchSoon(text, to) {
  clearTimeout(typing);
  typing = setTimeout(() => slip(to({ q: text.trim() })), TYPING_PAUSE_MS);
}

function select(name, chosen, values, choose) {
  const known = [...new Set([...values, ...(chosen ? [chosen] : [])])].sort();
  return h('label', { class: 'select', key: name }, h('span', { class: 'spoken' }, name),
    h('select', { value: chosen, class: chosen ? 'is-set' : '', onchange: (event) => choose(event.target.value) },
      h('option', { value: '', key: '' }, `${name}: all`), known.map((value) => h('option', { value, key: value }, value))));
}

function sortOptions(chosen) {
  const known = COLUMNS.filter(({ sort }) => sort).flatMap(({ name, sort }) => [
    [sort, name], [reversed(sort), `${name}, ${sort.startsWith('-') ? 'least' : 'last'} first`]]);
  return known.map(([value, text]) => h('option', { value, key: value, selected: value === chosen }, `Sort: ${text}`));
}

function filled(feed, chosen, to, change) {
  const { items } = feed.answer.body;
  if (items.length === 0) {
    return chosen.cursor || chosen.status.length || chosen.q || chosen.gpuType || chosen.region || chosen.model
      ? empty('No node matches', 'Remove a filter to see more nodes.')
      : empty('No nodes yet', 'They appear after the first successful poll of a tracker.');
  }
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    h('div', { class: 'table-place' }, h('table', { class: 'nodes', role: 'table', 'aria-label': 'Nodes' },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, COLUMNS.map((column) => head(column, chosen.sort, change)))),
      h('tbody', { role: 'rowgroup' }, items.map((node) => row(node, feed.answer))))),
    pages(feed, chosen, to, change));
}

function head({ name, unit, sort }, chosen, change) {
  const text = [name, unit ? h('span', { class: 'unit' }, ` ${unit}`) : null];
  const kind = `col-${name.toLowerCase().split(' ')[0]}`;
  if (!sort) {
    return h('th', { scope: 'col', role: 'columnheader', class: kind, key: name }, text);
  }
  const order = bare(sort) !== bare(chosen) ? 'none' : chosen.startsWith('-') ? 'descending' : 'ascending';
  return h('th', { scope: 'col', role: 'columnheader', class: kind, key: name, 'aria-sort': order },
    h('button', { type: 'button', onclick: () => change({ sort: order === 'none' ? sort : reversed(chosen) }) }, text));
}

function row({ identifier, displayName, gpuType, region, stats }, answer) {
  const known = (name, show) => (stats ? orNothing(stats[name], show) : nothing());
  return h('tr', { key: identifier, role: 'row' },
    h('th', { scope: 'row', role: 'rowheader', class: 'col-node' }, h('a', { href: link(['nodes', identifier]) },
      displayName ? [h('b', { class: 'clip', title: displayName }, displayName.replace(/^https?:\/\//, '')), h('span', { class: 'address', title: identifier }, shortened(identifier))]
        : h('b', { class: 'address', title: identifier }, shortened(identifier)))),
    cell('Status', badge(stats?.status ?? 'unknown')),
    cell('Hardware', orNothing(gpuType, (gpu) => h('span', { class: 'clip', title: gpu }, gpu)), region ? h('span', { class: 'under' }, region) : null),
    cell('Model', known('activeModel', (model) => h('span', { class: 'clip', title: model }, model.split('/').at(-1)))),
    cell('Weight', known('votingWeight', whole)),
    cell('Uptime', known('uptimePercent', percent)),
    cell('Today', known('earningsDay', (gnk) => amount(gnk))),
    cell('Total', known('earningsTotal', (gnk) => amount(gnk))),
    cell('Seen', known('ageSeconds', (seconds) => [age(stats.fetchedAt, seconds, answer),
      stats.stale ? h('span', { class: 'badge is-stale' }, 'Stale') : null])));
}

function cell(name, ...content) {
  return h('td', { role: 'cell', class: `col-${name.toLowerCase()}`, 'data-name': name }, content);
}

function pages(feed, chosen, to, change) {
  const { items, nextCursor } = feed.answer.body;
  // While the next page loads, this cursor still belongs to the page that is shown.
  if (nextCursor && !feed.behind) {
    before.set(nextCursor, chosen.cursor);
  }
  const back = before.get(chosen.cursor);
  const step = (name, cursor) => h('a', { class: 'button', key: name, href: cursor === undefined ? null : to({ cursor }),
    'aria-disabled': cursor === undefined ? 'true' : null, role: cursor === undefined ? 'link' : null }, name);
  return h('nav', { class: 'pages', 'aria-label': 'Pages of nodes' },
    h('span', { class: 'quiet', role: 'status' }, `${items.length} ${items.length === 1 ? 'node' : 'nodes'} on this page`),
    h('label', null, h('span', { class: 'spoken' }, 'Nodes per page'),
      h('select', { value: chosen.limit, onchange: (event) => change({ limit: event.target.value }) },
        SIZES.map((size) => h('option', { value: size, key: size }, `${size} a page`)))),
    step('First', chosen.cursor ? '' : undefined),
    step('Previous', chosen.cursor && back !== undefined ? back : undefined),
    step('Next', nextCursor ?? undefined));
}

function query(chosen) {
  return '?' + link([], Object.fromEntries(FILTERS.map((name) => [name, chosen[name]]))).split('?')[1];
}

/** Omits default values, so that links stay short. */
function worthSaying(chosen) {
  return { ...chosen, sort: chosen.sort === USUAL_SORT ? '' : chosen.sort, limit: chosen.limit === USUAL_SIZE ? '' : chosen.limit };
}

function distinct(options, value) {
  return [...new Set((options?.answer?.body.items ?? []).map(value).filter(Boolean))];
}

const bare = (sort) => sort.replace('-', '');
const reversed = (sort) => (sort.startsWith('-') ? bare(sort) : `-${sort}`);
