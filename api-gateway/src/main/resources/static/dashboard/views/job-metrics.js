// What jobs of a range come to: sums, throughput over time, and a line for each bot.

import { h } from '../dom.js';
import '../charts/bar-chart.js';
import { countsOf, ENDS, throughputBars } from '../charts/throughput-bars.js';
import { choice, empty, orNothing, panel, percent, waiting, whole } from '../parts.js';
import { plural, t } from '../texts.js';
import { bucketOfJobsInFull, localZone } from '../times.js';
import { intervalsFor } from './job-filters.js';
import { botName, durationOf, wordForState } from './job-parts.js';

const SUMMED = ['total', 'queued', 'running', 'succeeded', 'failed', 'canceled'];

/** The sums of all bots, or of the chosen one. */
export function jobSums(feed, bot) {
  if (!feed.answer) {
    return null;
  }
  const items = feed.answer.body.items.filter(({ botId }) => !bot || botId === bot);
  const sums = Object.fromEntries(SUMMED.map((name) => [name, items.reduce((all, item) => all + item[name], 0)]));
  const ended = sums.succeeded + sums.failed + sums.canceled;
  const tile = (name, value, note, kind = '') => h('div', { class: `tile${kind}`, key: name }, h('h2', { class: 'tile-name' }, t(`jobs.sum.${name}`)),
    h('p', { class: 'tile-value' }, value), h('p', { class: 'tile-note' }, note));
  return h('section', { class: `head is-four is-jobs${feed.behind ? ' is-behind' : ''}`, 'aria-label': t('jobs.sums'), key: 'sums' },
    tile('total', whole(sums.total), plural('jobs.sum.bots', items.length)),
    tile('running', whole(sums.running), t('jobs.sum.queued', { n: whole(sums.queued) })),
    tile('failed', whole(sums.failed), t('jobs.sum.canceled', { n: whole(sums.canceled) }), sums.failed > 0 ? ' has-failures' : ''),
    tile('success', ended === 0 ? orNothing(null) : percent(rate(sums.succeeded, ended)), t('jobs.sum.ended', { n: whole(ended) })));
}

/** In percent, rounded down, so that a single failure never rounds to 100. */
const rate = (part, all) => Math.floor((part / all) * 10_000) / 100;

/** @param change called with changes of the choice */
export function throughputPanel({ feed, chosen, change, retry }) {
  const title = chosen.bot ? t('jobs.throughputOf', { bot: chosen.bot }) : t('jobs.throughput');
  const intervals = intervalsFor(chosen);
  const tools = intervals.length < 2 ? null : choice(t('earnings.interval'), 'jobs-interval',
    intervals.map((one) => [one, t(`jobs.interval.${one}`)]), chosen.interval, (interval) => change({ picked: interval }));
  return panel(title, tools, feed.answer ? filled(feed, chosen, title) : waiting(feed, t('jobs.what'), retry));
}

function filled(feed, chosen, title) {
  const series = feed.answer.body;
  if (series.items.every((item) => countsOf(item).every(([, count]) => count === 0))) {
    return empty(t('jobs.noThroughput'));
  }
  const others = chosen.state.length > 0 || chosen.createdBy || chosen.q || chosen.parent;
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    h('bar-chart', {
      class: 'is-throughput', 'aria-label': t('jobs.chart', { interval: t(`jobs.interval.${series.interval}`) }), '.chart': throughputBars(series),
    }),
    h('ul', { class: 'legend' },
      h('li', { key: 'accepted' }, h('span', { class: 'key is-accepted' }, t('jobs.accepted'))),
      [...ENDS].reverse().map((end) => h('li', { key: end }, h('span', { class: `key is-${end}` }, wordForState(end))))),
    others ? h('p', { class: 'quiet chart-note' }, t('jobs.notFiltered')) : null,
    h('details', { class: 'figures' }, h('summary', null, t('page.asTable')), figures(series, title)));
}

function figures({ items, interval }, title) {
  const number = (name, text) => h('th', { scope: 'col', class: 'number', key: name }, text);
  return h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': t('earnings.table', { name: title }) }, h('table', { class: 'plain' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('jobs.bucket', { zone: localZone })),
      number('accepted', t('jobs.accepted')), ['succeeded', 'failed', 'canceled'].map((state) => number(state, wordForState(state))),
      number('run', t('jobs.column.avgRun')))),
    h('tbody', null, [...items].reverse().map((item) => h('tr', { key: item.from },
      h('th', { scope: 'row' }, bucketOfJobsInFull(item.from, item.to, interval)),
      countsOf(item).map(([name, count]) => h('td', { class: name === 'failed' && count > 0 ? 'number is-bad' : 'number', key: name }, whole(count))),
      h('td', { class: 'number', key: 'run' }, durationOf(item.runMs)))))));
}

/** @param to creates the address of the page with changes of the choice */
export function botsPanel({ feed, chosen, to, retry }) {
  if (!feed.answer) {
    return panel(t('jobs.byBot'), null, waiting(feed, t('jobs.what'), retry));
  }
  const { items } = feed.answer.body;
  return panel(t('jobs.byBot'), null, items.length === 0 ? empty(t('jobs.noBots'))
    : h('div', { class: `scroller is-bots${feed.behind ? ' is-behind' : ''}`, tabindex: '0', role: 'region', 'aria-label': t('jobs.byBot') },
      h('table', { class: 'plain bots' },
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('jobs.column.bot')),
          ['total', 'running', 'failed', 'success', 'avgRun', 'p95'].map((name) =>
            h('th', { scope: 'col', key: name, class: `number col-${name}`, title: name === 'p95' ? t('jobs.p95Hint') : null }, t(`jobs.column.${name}`))))),
        h('tbody', null, items.map((item) => botRow(item, chosen, to))))));
}

function botRow(item, chosen, to) {
  const { botId, failed, succeeded, canceled } = item;
  const ended = succeeded + failed + canceled;
  const isChosen = botId !== null && chosen.bot === botId;
  const number = (name, ...value) => h('td', { class: `number col-${name}`, key: name }, value);
  return h('tr', { key: botId ?? '', class: isChosen ? 'is-chosen' : '' },
    h('th', { scope: 'row', class: 'wrap' }, botId === null ? h('span', { class: 'quiet' }, botName(null))
      : h('a', { href: to({ bot: isChosen ? '' : botId }), 'aria-current': isChosen ? 'true' : null }, botId)),
    number('total', whole(item.total)),
    number('running', whole(item.running)),
    number('failed', failed === 0 ? '0' : botId === null ? whole(failed)
      : h('a', { class: 'is-bad', href: to({ bot: botId, state: ['failed'] }) }, whole(failed))),
    number('success', ended === 0 ? orNothing(null) : percent(rate(succeeded, ended))),
    number('avgRun', durationOf(item.avgRunMs)),
    number('p95', durationOf(item.p95Ms)));
}
