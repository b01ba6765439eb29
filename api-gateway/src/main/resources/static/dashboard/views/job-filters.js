// The filters of jobs. They are in the address, so that a link shows the same jobs and the back button works.

import { h } from '../dom.js';
import { serverNow } from '../api.js';
import { link } from '../router.js';
import { t } from '../texts.js';
import { shortId, STATES, wordForState } from './job-parts.js';

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
/** Relative ranges in hours. */
const RANGES = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 };
const ALL = 'all';
const TIMES = 'times';
const USUAL_RANGE = '24h';
const INTERVALS = { '15min': QUARTER_MS, hour: HOUR_MS, day: 24 * HOUR_MS, month: 720 * HOUR_MS };
const MOST_BARS = 400;
const USUAL_BARS = 48;
const PAGE = 50;
/** As many as the API returns at once. */
export const MOST_ROWS = 500;
const TYPING_PAUSE_MS = 250;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

let typing;

/** The selection in the route; invalid values become the default. `picked` is the interval that the route names. */
export function jobsChoice(parameters) {
  const text = (name) => parameters.get(name)?.trim() ?? '';
  const parent = UUID.test(text('parent')) ? text('parent') : '';
  const chosen = {
    state: parameters.getAll('state').filter((state) => STATES.includes(state)),
    bot: text('bot'), createdBy: text('createdBy'), q: text('q'), parent, cursor: text('cursor'),
    limit: pageSize(Number(parameters.get('limit'))),
    ...rangeOf(parameters, parent ? ALL : USUAL_RANGE),
  };
  const fitting = intervalsFor(chosen);
  const interval = parameters.get('interval');
  const picked = fitting.includes(interval) ? interval : '';
  return { ...chosen, picked, interval: picked || usualInterval(chosen, fitting) };
}

function rangeOf(parameters, usual) {
  const [from, to] = [instant(parameters.get('from')), instant(parameters.get('to'))];
  if (from !== null && to !== null && from < to) {
    return { range: TIMES, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  }
  const given = parameters.get('range');
  const range = given === ALL || Object.hasOwn(RANGES, given) ? given : usual;
  return { range, from: range === ALL ? '' : startOf(RANGES[range]), to: '' };
}

/** Whole quarter hours, because the API has sums of them: the total is exact, and the address changes rarely. */
const startOf = (hours) => new Date(Math.floor((serverNow() - hours * HOUR_MS) / QUARTER_MS) * QUARTER_MS).toISOString();

function instant(text) {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '') ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : time;
}

const pageSize = (wanted) => (wanted >= PAGE && wanted <= MOST_ROWS ? Math.floor(wanted / PAGE) * PAGE : PAGE);

export const nextPageSize = (limit) => Math.min(MOST_ROWS, limit + PAGE * (limit >= 2 * PAGE ? 2 : 1));

/** The intervals of which a chart of this range has neither one bar nor too many. Without a range the API chooses it. */
export function intervalsFor({ from, to }) {
  const names = Object.keys(INTERVALS);
  if (!from) {
    return names;
  }
  const length = (to ? Date.parse(to) : serverNow()) - Date.parse(from);
  const fitting = names.filter((name) => length / INTERVALS[name] <= MOST_BARS && length >= INTERVALS[name]);
  return fitting.length > 0 ? fitting : [length > HOUR_MS ? 'month' : '15min'];
}

function usualInterval({ from, to }, fitting) {
  if (!from) {
    return 'day';
  }
  const length = (to ? Date.parse(to) : serverNow()) - Date.parse(from);
  return fitting.find((name) => length / INTERVALS[name] <= USUAL_BARS) ?? fitting.at(-1);
}

export const isFiltered = ({ state, bot, createdBy, q, parent }) => state.length > 0 || Boolean(bot || createdBy || q || parent);

export const isRelative = ({ range }) => range !== TIMES;

/** The address of the page with changes. Default values are left out, so that links stay short. */
export function jobsLink(chosen, changes) {
  const next = { ...chosen, cursor: '', ...changes };
  const usual = next.parent ? ALL : USUAL_RANGE;
  const hasTimes = next.range === TIMES;
  return link(['jobs'], {
    state: next.state, bot: next.bot, createdBy: next.createdBy, q: next.q, parent: next.parent,
    range: hasTimes || next.range === usual ? '' : next.range,
    from: hasTimes ? next.from : '', to: hasTimes ? next.to : '',
    interval: next.picked, limit: next.limit === PAGE ? '' : next.limit, cursor: next.cursor,
  });
}

/** The parameters of a request for the chosen range. */
export const rangeParameters = ({ from, to }) => ({ ...(from ? { from } : {}), ...(to ? { to } : {}) });

/** @param to creates an address; go and slip open it with and without an entry in the history */
export function jobFilters({ chosen, bots, creators, to, go, slip }) {
  const change = (changes) => go(to(changes));
  const toggled = (state) => (chosen.state.includes(state) ? chosen.state.filter((one) => one !== state) : [...chosen.state, state]);
  const typed = (name) => (event) => {
    const { value } = event.target;
    clearTimeout(typing);
    typing = setTimeout(() => slip(to({ [name]: value.trim() })), TYPING_PAUSE_MS);
  };
  const field = (name, properties) => h('label', { key: name, class: `job-field is-${name}` }, h('span', { class: 'spoken' }, t(`jobs.filter.${name}`)),
    h('input', {
      type: 'search', value: chosen[name], placeholder: t(`jobs.filter.${name}`), maxlength: '255', spellcheck: 'false', autocomplete: 'off',
      oninput: typed(name), ...properties,
    }));
  return h('div', { class: 'job-filters', role: 'search', 'aria-label': t('jobs.filters') },
    h('label', { class: 'select', key: 'range' }, h('span', { class: 'spoken' }, t('jobs.filter.range')),
      h('select', { value: chosen.range, onchange: (event) => change(newRange(event.target.value, chosen)) },
        [...Object.keys(RANGES), ALL, TIMES].map((range) => h('option', { value: range, key: range }, t(`jobs.range.${range}`))))),
    select('bot', chosen.bot, names(bots, chosen.bot), t('jobs.filter.allBots'), (bot) => change({ bot })),
    field('q', {}),
    field('createdBy', { list: 'job-creators' }),
    h('datalist', { id: 'job-creators', key: 'creators' }, names(creators, '').map((name) => h('option', { value: name, key: name }))),
    h('fieldset', { class: 'toggles', key: 'states' }, h('legend', { class: 'spoken' }, t('jobs.state')),
      STATES.map((state) => h('label', { key: state },
        h('input', { type: 'checkbox', value: state, checked: chosen.state.includes(state), onchange: () => change({ state: toggled(state) }) }),
        h('span', { class: `key is-${state}` }, wordForState(state))))),
    chosen.range === TIMES ? times(chosen, change) : null,
    chosen.parent ? h('button', { type: 'button', class: 'button chip-button', key: 'parent', onclick: () => change({ parent: '', range: ALL }) },
      t('jobs.filter.parent', { id: shortId(chosen.parent) }), h('span', { 'aria-hidden': 'true' }, ' ×'),
      h('span', { class: 'spoken' }, ` ${t('jobs.filter.remove')}`)) : null,
    isFiltered(chosen) ? h('button', { type: 'button', class: 'button is-plain', key: 'clear', onclick: () => {
      clearTimeout(typing);
      // A refresh does not overwrite a field while the user types, so a reset must.
      document.querySelectorAll('.job-field input').forEach((input) => {
        input.value = '';
      });
      change({ state: [], bot: '', createdBy: '', q: '', parent: '' });
    } }, t('table.clear')) : null);
}

const names = (known, chosen) => [...new Set([...known, ...(chosen ? [chosen] : [])])].sort();

function select(name, chosen, values, all, choose) {
  return h('label', { class: 'select', key: name }, h('span', { class: 'spoken' }, t(`jobs.filter.${name}`)),
    h('select', { value: chosen, class: chosen ? 'is-set' : '', onchange: (event) => choose(event.target.value) },
      h('option', { value: '', key: '' }, all), values.map((value) => h('option', { value, key: value }, value))));
}

/** The range that was chosen before becomes the first free one. */
function newRange(range, { from, to }) {
  return range === TIMES
    ? { range, from: from || startOf(RANGES[USUAL_RANGE]), to: to || new Date(serverNow()).toISOString() }
    : { range, from: '', to: '' };
}

/** Two times in the viewer's zone; the address has them in UTC. */
function times({ from, to }, change) {
  const input = (name, value, choose) => h('label', { class: 'date', key: name }, h('span', null, t(`jobs.filter.${name}`)),
    h('input', {
      type: 'datetime-local', value: localInput(value), required: true,
      onchange: ({ target }) => target.validity.valid && choose(new Date(target.value).toISOString()),
    }));
  return h('span', { class: 'job-times', key: 'times' },
    input('from', from, (next) => change({ range: TIMES, from: next, to: next < to ? to : new Date(Date.parse(next) + HOUR_MS).toISOString() })),
    input('to', to, (next) => change({ range: TIMES, from: from < next ? from : new Date(Date.parse(next) - HOUR_MS).toISOString(), to: next })));
}

/** 2026-03-10T15:45 */
function localInput(text) {
  const time = new Date(text);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
