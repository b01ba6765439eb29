// Weight, uptime and inferences over time, in the range of the earnings.

import { h } from '../dom.js';
import '../charts/bar-chart.js';
import { isPartial } from '../charts/earnings-bars.js';
import { choice, empty, panel, waiting } from '../parts.js';
import { locale, t } from '../texts.js';
import { bucketInFull, bucketName, dayInFull, daysAgo, firstDayOf, lasting, utcDay } from '../times.js';
import { rangeQuery, refreshSeconds } from './earnings-panel.js';

const METRICS = ['weight', 'uptime', 'inferences'];
const COMPACT = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const FULL = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const drawn = new WeakMap();

export function historyChoice(parameters) {
  const metric = parameters.get('metric');
  return METRICS.includes(metric) ? metric : METRICS[0];
}

export function historyQuestion(path, chosen, metric) {
  return { url: `${path}/history?${new URLSearchParams({ metric, ...rangeQuery(chosen) })}`, everySeconds: refreshSeconds(chosen) };
}

export function historyPanel(feed, { interval }, metric, change, retry) {
  const tools = choice(t('history.metric'), 'history-metric', METRICS.map((one) => [one, t(`history.${one}`)]), metric, change);
  return panel(t('history.title'), tools, feed.answer ? filled(feed, metric, interval) : waiting(feed, t('history.what'), retry));
}

function filled(feed, metric) {
  const history = feed.answer.body;
  if (history.items.length === 0) {
    return empty(t('history.empty'), history.historyStart ? t('history.begins', { day: dayInFull(history.historyStart) }) : null);
  }
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    h('p', { class: 'quiet history-note' }, t(`history.note.${history.metric}`),
      history.historyStart > history.from ? ` · ${t('history.begins', { day: dayInFull(history.historyStart) })}` : null),
    h('bar-chart', { 'aria-label': t('history.chart', { metric: t(`history.${metric}`) }), '.chart': historyBars(history) }));
}

/** The same response gives the same object, so that it is drawn once. */
function historyBars(history) {
  if (!drawn.has(history)) {
    const items = new Map(history.items.map((item) => [item.date, item]));
    drawn.set(history, {
      bars: buckets(history).map((date) => bar(date, items.get(date), history)),
      format: history.metric === 'uptime' ? (value) => t('unit.percent', { n: value }) : (value) => COMPACT.format(value),
      top: history.metric === 'uptime' ? 100 : 0,
    });
  }
  return drawn.get(history);
}

/** All buckets since the history began: one without a value is a gap, not left out. */
function buckets({ from, to, historyStart, interval }) {
  const first = firstDayOf(historyStart && historyStart > from ? historyStart : from, interval);
  const last = to < daysAgo(0) ? to : daysAgo(0);
  const dates = [];
  for (let date = first; date <= last; date = following(date, interval)) {
    dates.push(date);
  }
  return dates;
}

function following(date, interval) {
  const next = utcDay(date);
  if (interval === 'month') {
    next.setUTCMonth(next.getUTCMonth() + 1);
  } else {
    next.setUTCDate(next.getUTCDate() + (interval === 'week' ? 7 : 1));
  }
  return next.toISOString().slice(0, 10);
}

function bar(date, item, { interval, metric }) {
  const value = item?.value ?? null;
  const lines = [`${bucketInFull(date, interval)} (UTC)`, value === null ? t('history.noReport') : valueText(value, metric)];
  if (value !== null && item.seenMinutes !== null && item.seenMinutes !== undefined) {
    lines.push(t('history.seen', { time: lasting(item.seenMinutes * 60) }));
  }
  const partial = item !== undefined && isPartial(item, interval);
  if (partial) {
    lines.push(t('chart.partial', { from: dayInFull(item.from), to: dayInFull(item.to) }));
  }
  return {
    axis: bucketName(date, interval), lines, partial, state: value === null ? 'none' : 'settled',
    parts: value === null ? [] : [{ kind: 'settled', value: Number(value) }],
  };
}

function valueText(value, metric) {
  return metric === 'uptime' ? t('unit.percent', { n: FULL.format(value) }) : FULL.format(value);
}
