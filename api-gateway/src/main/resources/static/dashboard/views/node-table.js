// The table of nodes: filters, sort order and pages.

import { h } from '../dom.js';
import { go, link, slip } from '../router.js';
import { empty, waiting, whole, wordFor } from '../parts.js';
import { saveCsv } from '../csv.js';
import { plural, t } from '../texts.js';
import { bare, columnName, COLUMNS, nodeRows, reversed, sortIn } from './node-columns.js';

export const STATUSES = ['healthy', 'unhealthy', 'jailed', 'offline', 'inactive', 'unknown'];
const SIZES = ['25', '50', '100', '200'];
const USUAL_SIZE = '25';
const USUAL_SORT = '-votingWeight';
const TYPING_PAUSE_MS = 250;
const FILTERS = ['status', 'gpuType', 'region', 'model', 'q', 'sort', 'limit', 'cursor'];

/** The cursors of previous pages: the API only returns the next one. */
const before = new Map();
let typing;

/** The parameters of the table in the route. */
export function tableChoice(parameters) {
  const given = sortIn(parameters);
  return {
    status: parameters.getAll('status').filter((status) => STATUSES.includes(status)),
    gpuType: parameters.get('gpuType') ?? '',
    region: parameters.get('region') ?? '',
    model: parameters.get('model') ?? '',
    q: parameters.get('q') ?? '',
    sort: COLUMNS.some(({ sort }) => sort && bare(sort) === bare(given)) ? given : USUAL_SORT,
    limit: SIZES.includes(parameters.get('limit')) ? parameters.get('limit') : USUAL_SIZE,
    cursor: parameters.get('cursor') ?? '',
  };
}

export function nodesQuestion(chosen) {
  return { url: '/api/v1/nodes' + query(chosen), everySeconds: 10 };
}

/** The options of the filters: GPU types and regions of the 500 nodes with the highest weight. */
export const optionsQuestion = { url: '/api/v1/nodes?sort=-votingWeight&limit=500', everySeconds: 300 };

export function nodeTable({ feed, options, models, chosen, others, retry }) {
  const to = (changes) => link([], { ...others, ...worthSaying({ ...chosen, cursor: '', ...changes }) });
  const change = (changes) => go(to(changes));
  const save = () => saveCsv('/api/v1/nodes' + query({ ...chosen, limit: '500', cursor: '' }), 'nodes.csv');
  const regions = distinct(options, (node) => node.region);
  return h('section', { class: 'panel is-dense', 'aria-label': t('table.title') },
    h('header', { class: 'panel-head' }, h('h2', null, t('table.title'), ' ', total(feed)),
      filters(chosen, to, change, options, regions, models),
      h('button', { type: 'button', class: 'button is-csv', onclick: save }, t('page.csv'))),
    feed.answer ? filled(feed, chosen, regions, to, change) : waiting(feed, t('table.nodes'), retry));
}

function total({ answer }) {
  return answer ? h('span', { class: 'count' }, whole(answer.body.total)) : null;
}

function filters(chosen, to, change, options, regions, models) {
  const toggled = (status) => (chosen.status.includes(status)
    ? chosen.status.filter((one) => one !== status) : [...chosen.status, status]);
  return h('div', { class: `filters${isFiltered(chosen) ? ' is-filtered' : ''}`, role: 'search', 'aria-label': t('table.filters') },
    h('label', { class: 'search' }, h('span', { class: 'spoken' }, t('table.search')),
      h('input', {
        type: 'search', value: chosen.q, placeholder: t('table.search'), maxlength: '255', spellcheck: 'false', autocomplete: 'off',
        oninput: (event) => searchSoon(event.target.value, to),
      })),
    h('fieldset', { class: 'toggles' }, h('legend', { class: 'spoken' }, columnName('status')),
      STATUSES.map((status) => h('label', { key: status, title: wordFor(status) },
        h('input', { type: 'checkbox', value: status, checked: chosen.status.includes(status), onchange: () => change({ status: toggled(status) }) }),
        h('span', { class: `key is-${status}` }, wordFor(status))))),
    h('div', { class: 'selects' },
      h('label', { class: 'select only-rows', key: 'sort' }, h('span', { class: 'spoken' }, t('table.sort')),
        h('select', { value: chosen.sort, onchange: (event) => change({ sort: event.target.value }) }, sortOptions(chosen.sort))),
      select('hardware', chosen.gpuType, distinct(options, (node) => node.gpuType), (gpuType) => change({ gpuType })),
      // No tracker of today reports regions.
      regions.length > 0 || chosen.region ? select('region', chosen.region, regions, (region) => change({ region })) : null,
      select('model', chosen.model, models, (model) => change({ model }))),
    isFiltered(chosen) ? h('button', { type: 'button', class: 'button is-plain', key: 'clear', onclick: () => {
      clearTimeout(typing);
      // A refresh does not overwrite the field while the user types, so a reset must.
      document.querySelector('.search input').value = '';
      change({ status: [], q: '', gpuType: '', region: '', model: '' });
    } }, t('table.clear')) : null);
}

const isFiltered = ({ status, q, gpuType, region, model }) => status.length > 0 || Boolean(q || gpuType || region || model);

function searchSoon(text, to) {
  clearTimeout(typing);
  typing = setTimeout(() => slip(to({ q: text.trim() })), TYPING_PAUSE_MS);
}

function select(column, chosen, values, choose) {
  const name = columnName(column);
  const known = [...new Set([...values, ...(chosen ? [chosen] : [])])].sort();
  return h('label', { class: 'select', key: column }, h('span', { class: 'spoken' }, name),
    h('select', { value: chosen, class: chosen ? 'is-set' : '', onchange: (event) => choose(event.target.value) },
      h('option', { value: '', key: '' }, t('table.all', { name })), known.map((value) => h('option', { value, key: value }, value))));
}

function sortOptions(chosen) {
  const known = COLUMNS.filter(({ sort }) => sort).flatMap(({ name, sort }) => [
    [sort, t('table.sortBy', { name: columnName(name) })],
    [reversed(sort), t(sort.startsWith('-') ? 'table.sortLeast' : 'table.sortLast', { name: columnName(name) })]]);
  return known.map(([value, text]) => h('option', { value, key: value, selected: value === chosen }, text));
}

function filled(feed, chosen, regions, to, change) {
  const { items } = feed.answer.body;
  if (items.length === 0) {
    return chosen.cursor || isFiltered(chosen)
      ? empty(t('table.noMatch'), t('table.noMatchHint'))
      : empty(t('table.empty'), t('table.emptyHint'));
  }
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    nodeRows({
      label: t('table.title'), columns: COLUMNS.filter(({ name }) => name !== 'region' || regions.length > 0), nodes: items,
      answerOf: () => feed.answer, chosenSort: chosen.sort, change: (sort) => change({ sort }),
    }),
    pages(feed, chosen, to, change));
}

function pages(feed, chosen, to, change) {
  const { items, total: all, nextCursor } = feed.answer.body;
  // While the next page loads, this cursor still belongs to the page that is shown.
  if (nextCursor && !feed.behind) {
    before.set(nextCursor, chosen.cursor);
  }
  const back = before.get(chosen.cursor);
  const step = (name, cursor) => h('a', { class: 'button', key: name, href: cursor === undefined ? null : to({ cursor }),
    'aria-disabled': cursor === undefined ? 'true' : null, role: cursor === undefined ? 'link' : null }, t(`table.${name}`));
  return h('nav', { class: 'pages', 'aria-label': t('table.pages') },
    h('span', { class: 'quiet', role: 'status' }, plural('table.shown', items.length, { total: whole(all ?? items.length) })),
    h('label', null, h('span', { class: 'spoken' }, t('table.size')),
      h('select', { value: chosen.limit, onchange: (event) => change({ limit: event.target.value }) },
        SIZES.map((size) => h('option', { value: size, key: size }, t('table.pageSize', { size }))))),
    step('first', chosen.cursor ? '' : undefined),
    step('previous', chosen.cursor && back !== undefined ? back : undefined),
    step('next', nextCursor ?? undefined));
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
