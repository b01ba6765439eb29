// Earnings of one node or of all nodes over time: chart, interval, table and CSV.

import { h } from '../dom.js';
import '../charts/bar-chart.js';
import { exact } from '../amounts.js';
import { amount, badge, choice, empty, panel, waiting, whole } from '../parts.js';
import { bucketInFull, daysAgo } from '../times.js';

const INTERVALS = [['day', 'Day'], ['week', 'Week'], ['month', 'Month']];
const RANGES = [['30', '30 days'], ['90', '90 days'], ['365', '1 year']];
/** Refreshed rarely: sums over a year of all nodes are expensive and change slowly. */
const REFRESH_SECONDS = { 30: 30, 90: 60, 365: 300 };
const USUAL_RANGE = { day: '30', week: '90', month: '365' };

/** The selection in the route; invalid values become the default. */
export function earningsChoice(parameters) {
  const interval = pick(INTERVALS, parameters.get('interval'), 'day');
  return { interval, range: pick(RANGES, parameters.get('range'), USUAL_RANGE[interval]) };
}

export function earningsQuestion(path, { interval, range }) {
  const query = new URLSearchParams({ from: firstDay(interval, Number(range)), interval, fill: 'true' });
  return { url: `${path}?${query}`, everySeconds: REFRESH_SECONDS[range] };
}

/**
 * @param change called with the new parameters of the route
 */
export function earningsPanel({ title, name, feed, chosen, change, save, retry }) {
  const tools = [
    choice('Interval', `${name}-interval`, INTERVALS, chosen.interval, (interval) => change({ interval, range: null })),
    choice('Range', `${name}-range`, RANGES, chosen.range, (range) => change({ interval: chosen.interval, range })),
    h('button', { type: 'button', class: 'button', onclick: () => save(feed.url) }, 'CSV'),
  ];
  return panel(title, tools, feed.answer ? filled(feed, name) : waiting(feed, 'earnings', retry));
}

function filled(feed, name) {
  const earnings = feed.answer.body;
  if (earnings.items.every((item) => item.state === null)) {
    return empty('No earnings in this range', 'They appear after the first epoch with earnings.');
  }
  const provisional = earnings.items.some((item) => item.state === 'provisional');
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    h('p', { class: 'sum' }, amount(earnings.total, earnings.totalNgonka), h('span', { class: 'unit' }, ' GNK'),
      h('span', { class: 'quiet' }, ` since ${bucketInFull(earnings.from, 'day')}`)),
    h('bar-chart', { 'aria-label': `Earnings by ${earnings.interval}; arrow keys move through the bars`, '.earnings': earnings }),
    h('ul', { class: 'legend' }, h('li', null, h('span', { class: 'key is-settled' }, 'Settled')),
      provisional ? h('li', { key: 'p' }, h('span', { class: 'key is-provisional' }, 'Provisional: an epoch is not settled')) : null),
    h('details', { class: 'figures' }, h('summary', null, 'Show as a table'), figures(earnings, name)));
}

function figures({ items, interval }, name) {
  const all = items[0].nodes !== undefined;
  return h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': `${name} table` }, h('table', { class: 'plain' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, `${interval[0].toUpperCase()}${interval.slice(1)} (UTC)`),
      h('th', { scope: 'col', class: 'number' }, 'GNK'), h('th', { scope: 'col', class: 'number' }, 'ngonka'),
      all ? h('th', { scope: 'col', class: 'number' }, 'Nodes') : null, h('th', { scope: 'col' }, 'State'))),
    h('tbody', null, [...items].reverse().map((item) => h('tr', { key: item.date },
      h('th', { scope: 'row' }, bucketInFull(item.date, interval)), h('td', { class: 'number' }, exact(item.earningsGnk)),
      h('td', { class: 'number' }, exact(item.earningsNgonka)), all ? h('td', { class: 'number' }, whole(item.nodes)) : null,
      h('td', null, item.state ? badge(item.state) : 'no earnings'))))));
}

function pick(options, wanted, usual) {
  return options.some(([value]) => value === wanted) ? wanted : usual;
}

/** Starts with a complete week or month: a partial first bucket would look like low earnings. */
function firstDay(interval, days) {
  const first = new Date(daysAgo(days - 1) + 'T00:00:00Z');
  if (interval === 'week') {
    first.setUTCDate(first.getUTCDate() - ((first.getUTCDay() + 6) % 7));
  } else if (interval === 'month') {
    first.setUTCDate(1);
  }
  return first.toISOString().slice(0, 10);
}
