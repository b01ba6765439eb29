// Earnings of one node or of all nodes over time: chart, interval, range, table and CSV.

import { h } from '../dom.js';
import '../charts/bar-chart.js';
import { exact } from '../amounts.js';
import { earningsBars, isNonzero, isPartial, isWithoutSettlement, noSettlement, remarks } from '../charts/earnings-bars.js';
import { amount, amountOf, badge, choice, empty, panel, waiting, whole } from '../parts.js';
import { t } from '../texts.js';
import { bucketInFull, dayInFull, daysAgo, daysBetween, firstDayOf } from '../times.js';

const INTERVALS = ['day', 'week', 'month'];
const RANGES = ['30', '90', '365'];
const FREE_RANGE = 'dates';
const MOST_DAYS = 1_830;
const USUAL_RANGE = { day: '30', week: '90', month: '365' };
const ROUTE = ['interval', 'range', 'from', 'to'];

/** The selection in the route; invalid values become the default. `to` is null while the range ends today. */
export function earningsChoice(parameters) {
  const interval = pick(INTERVALS, parameters.get('interval'), 'day');
  const [from, to] = [parameters.get('from'), parameters.get('to')];
  if (isRange(from, to)) {
    return { interval, range: FREE_RANGE, from, to };
  }
  const range = pick(RANGES, parameters.get('range'), USUAL_RANGE[interval]);
  // Starts with a complete week or month: a partial first bucket would look like low earnings.
  return { interval, range, from: firstDayOf(daysAgo(Number(range) - 1), interval), to: null };
}

/** The parameters of the route that belong to the selection. */
export function earningsParameters(parameters) {
  return Object.fromEntries(ROUTE.map((name) => [name, parameters.get(name)]));
}

export function rangeQuery({ interval, from, to }) {
  return { from, ...(to ? { to } : {}), interval };
}

export function earningsQuestion(path, chosen) {
  const query = new URLSearchParams({ ...rangeQuery(chosen), fill: 'true' });
  return { url: `${path}?${query}`, everySeconds: refreshSeconds(chosen) };
}

/** Refreshed rarely: sums over a year of all nodes are expensive and change slowly. */
export function refreshSeconds({ from, to }) {
  const days = daysBetween(from, to ?? daysAgo(0));
  return days <= 31 ? 30 : days <= 100 ? 60 : 300;
}

/**
 * @param change called with the new parameters of the route
 * @param epochHours the length of an epoch, or null
 */
export function earningsPanel({ title, feed, chosen, change, save, retry, epochHours = null }) {
  const keep = chosen.range === FREE_RANGE ? { from: chosen.from, to: chosen.to } : {};
  const tools = [
    choice(t('earnings.interval'), 'earnings-interval', INTERVALS.map((one) => [one, t(`interval.${one}`)]), chosen.interval,
      (interval) => change({ interval, ...keep })),
    choice(t('earnings.range'), 'earnings-range', [...RANGES, FREE_RANGE].map((one) => [one, t(`range.${one}`)]), chosen.range,
      (range) => change({ interval: chosen.interval, ...(range === FREE_RANGE ? { from: chosen.from, to: daysAgo(0) } : { range }) })),
    h('button', { type: 'button', class: 'button', onclick: () => save(feed.url) }, t('page.csv')),
  ];
  return panel(title, tools,
    chosen.range === FREE_RANGE ? dates(chosen, feed, change) : null,
    feed.answer ? filled(feed, title, epochHours) : waiting(feed, t('earnings.what'), retry));
}

/** Two days. Where one would pass the other, it takes the other along, so that the range is always valid. */
function dates({ interval, from, to }, feed, change) {
  const least = feed.answer?.body.historyStart ?? null;
  const field = (key, value, choose) => h('label', { class: 'date' }, h('span', null, t(key)),
    h('input', {
      type: 'date', value, min: least, max: daysAgo(0), required: true,
      onchange: ({ target }) => target.validity.valid && choose(target.value),
    }));
  const within = (first, last) => (daysBetween(first, last) < MOST_DAYS);
  return h('div', { class: 'dates' },
    field('earnings.from', from, (day) => change({ interval, from: day, to: day > to || !within(day, to) ? day : to })),
    field('earnings.to', to, (day) => change({ interval, from: day < from || !within(from, day) ? day : from, to: day })),
    h('span', { class: 'quiet' }, t('earnings.utcDays')));
}

function filled(feed, title, epochHours) {
  const earnings = feed.answer.body;
  const { items, interval } = earnings;
  if (items.every((item) => item.state === null)) {
    return empty(t('earnings.emptyRange'), t('earnings.emptyHint'));
  }
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    h('p', { class: 'sum' }, amount(earnings.total, earnings.totalNgonka), h('span', { class: 'unit' }, ' GNK'),
      h('span', { class: 'quiet' }, ` ${since(earnings)}`)),
    h('bar-chart', { 'aria-label': t('earnings.chart', { interval: t(`interval.${interval}`) }), '.chart': earningsBars(earnings, epochHours) }),
    legend(earnings, epochHours),
    h('details', { class: 'figures' }, h('summary', null, t('page.asTable')), figures(earnings, title, epochHours)));
}

function since({ from, to, historyStart }) {
  const range = to === daysAgo(0) ? t('earnings.since', { day: dayInFull(from) }) : t('earnings.between', { from: dayInFull(from), to: dayInFull(to) });
  return historyStart && historyStart > from ? `${range} · ${t('history.begins', { day: dayInFull(historyStart) })}` : range;
}

function legend({ items, interval }, epochHours) {
  const entry = (kind, text) => h('li', { key: kind }, h('span', { class: `key is-${kind}` }, text));
  return h('ul', { class: 'legend' }, entry('settled', t('status.settled')),
    items.some(({ state, reason }) => state === 'provisional' && reason !== 'unclaimed') ? entry('provisional', t('chart.provisional')) : null,
    items.some((item) => isNonzero(item.unclaimedNgonka)) ? entry('unclaimed', t('chart.unclaimed')) : null,
    items.some((item) => isNonzero(item.forfeitedNgonka)) ? entry('forfeited', t('chart.forfeited')) : null,
    items.some((item) => isWithoutSettlement(item, interval)) ? entry('unsettled', noSettlement(epochHours)) : null,
    items.some((item) => isPartial(item, interval)) ? entry('partial', t('chart.partialBucket')) : null);
}

function figures({ items, interval }, title, epochHours) {
  const column = (key, number = true) => h('th', { scope: 'col', key, class: number ? 'number' : null }, t(key));
  const all = items[0].nodes !== undefined;
  const unclaimed = items.some((item) => isNonzero(item.unclaimedNgonka));
  const forfeited = items.some((item) => isNonzero(item.forfeitedNgonka));
  return h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': t('earnings.table', { name: title }) }, h('table', { class: 'plain' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, `${t(`interval.${interval}`)} (UTC)`),
      h('th', { scope: 'col', class: 'number' }, 'GNK'), h('th', { scope: 'col', class: 'number' }, 'ngonka'),
      unclaimed ? column('status.unclaimed') : null, forfeited ? column('status.forfeited') : null,
      all ? column('earnings.nodes') : null, column('earnings.state', false))),
    h('tbody', null, [...items].reverse().map((item) => h('tr', { key: item.date },
      h('th', { scope: 'row' }, bucketInFull(item.date, interval)), h('td', { class: 'number' }, exact(item.earningsGnk)),
      h('td', { class: 'number' }, exact(item.earningsNgonka)),
      unclaimed ? h('td', { class: 'number', key: 'unclaimed' }, isNonzero(item.unclaimedNgonka) ? amountOf(item.unclaimedNgonka) : '') : null,
      forfeited ? h('td', { class: 'number', key: 'forfeited' }, isNonzero(item.forfeitedNgonka) ? amountOf(item.forfeitedNgonka) : '') : null,
      all ? h('td', { class: 'number', key: 'nodes' }, whole(item.nodes)) : null,
      h('td', { key: 'state' }, state(item, interval, epochHours)))))));
}

function state(item, interval, epochHours) {
  const notes = remarks(item, interval, epochHours);
  return [item.state ? badge(item.state) : notes.length > 0 ? null : t('earnings.none'),
    notes.length > 0 ? h('span', { class: 'quiet' }, ` ${notes.join('. ')}`) : null];
}

function isRange(from, to) {
  return isDay(from) && isDay(to) && from <= to && to <= daysAgo(0) && daysBetween(from, to) < MOST_DAYS;
}

function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? '') && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

function pick(options, wanted, usual) {
  return options.includes(wanted) ? wanted : usual;
}
