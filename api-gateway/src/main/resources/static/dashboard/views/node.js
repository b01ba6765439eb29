// One node: earnings, health and stats.

import { h } from '../dom.js';
import { link, slip } from '../router.js';
import { saveEarnings } from '../csv.js';
import { showMessage } from '../message.js';
import { exact, rounded } from '../amounts.js';
import { age, amount, badge, decimal, empty, moment, nothing, orNothing, panel, percent, shortened, waiting, whole } from '../parts.js';
import { daysAgo, lasting } from '../times.js';
import { timeline, timelineBegin } from '../charts/timeline.js';
import { earningsChoice, earningsPanel, earningsQuestion } from './earnings-panel.js';

const HOUR_SECONDS = 3_600;
const MOST_EVENTS = 12;
const path = (identifier) => `/api/v1/nodes/${encodeURIComponent(identifier)}`;

export const node = {
  title: ({ path: [, identifier] }) => shortened(identifier),

  questions({ path: [, identifier], parameters }) {
    const from = new Date(timelineBegin(Date.now())).toISOString().slice(0, 10);
    return {
      [`node ${identifier}`]: { url: path(identifier), everySeconds: 10 },
      [`earnings ${identifier}`]: earningsQuestion(path(identifier) + '/earnings', earningsChoice(parameters)),
      [`health ${identifier}`]: { url: `${path(identifier)}/health?from=${from}&to=${daysAgo(0)}`, everySeconds: 60 },
    };
  },

  content({ path: [, identifier], parameters }, feeds, retry) {
    const feed = feeds.get(`node ${identifier}`);
    if (!feed.answer) {
      return [heading(shortened(identifier), null), waiting(feed, 'node', retry)];
    }
    const { body } = feed.answer;
    return [
      heading(body.displayName ?? shortened(body.identifier), body, feed.answer),
      amounts(body.earnings),
      h('div', { class: 'columns is-even' },
        earningsPanel({
          title: 'Earnings', name: 'node', feed: feeds.get(`earnings ${identifier}`), chosen: earningsChoice(parameters),
          change: (changes) => slip(link(['nodes', identifier], changes)),
          save: (url) => saveEarnings(url, `${identifier}-earnings.csv`), retry,
        }),
        healthPanel(feeds.get(`health ${identifier}`), retry)),
      facts(body, feed.answer),
    ];
  },
};

function heading(name, body, answer) {
  return h('header', { class: 'page-head' },
    h('p', { class: 'crumbs' }, h('a', { href: link([]) }, 'All nodes')),
    h('h1', { tabindex: '-1' }, name, body ? [' ', badge(body.stats?.status ?? 'unknown'),
      body.stats?.stale ? [' ', badge('stale')] : null] : null),
    body ? h('p', { class: 'address' }, body.identifier, ' ', copyButton(body.identifier)) : null,
    body?.stats ? h('p', { class: 'quiet' }, 'Reported by ', body.stats.source ?? 'a tracker', ' ',
      age(body.stats.fetchedAt, body.stats.ageSeconds, answer), ' ago') : null);
}

function copyButton(text) {
  // Browsers allow clipboard access to pages over TLS or from localhost only.
  return navigator.clipboard
    ? h('button', { type: 'button', class: 'button is-small', onclick: () => copy(text) }, 'Copy')
    : null;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    showMessage('Copied');
  } catch {
    showMessage('The browser does not allow this page to copy');
  }
}

function amounts({ today, last7Days, last30Days, total, totalNgonka }) {
  const tile = (name, gnk, ngonka) => h('div', { class: 'tile', key: name }, h('h2', { class: 'tile-name' }, name),
    h('p', { class: 'tile-value' }, amount(gnk, ngonka), h('span', { class: 'unit' }, ' GNK')),
    h('p', { class: 'tile-note exact' }, gnk && exact(gnk) !== rounded(gnk) ? exact(gnk) : null));
  return h('section', { class: 'head is-four', 'aria-label': 'Total earnings' },
    tile('Today (UTC)', today), tile('7 days', last7Days), tile('30 days', last30Days), tile('Total', total, totalNgonka));
}

function healthPanel(feed, retry) {
  if (!feed.answer) {
    return panel('Health, 7 days', null, waiting(feed, 'health', retry));
  }
  const begin = timelineBegin(Date.now());
  const hours = feed.answer.body.hours.filter(({ hour }) => Date.parse(hour) + HOUR_SECONDS * 1000 > begin);
  const sum = (name) => hours.reduce((minutes, hour) => minutes + hour[name], 0);
  const seen = sum('seenMinutes');
  if (seen === 0) {
    return panel('Health, 7 days', null, empty('No reports of this node in 7 days'));
  }
  const healthy = Math.floor((sum('healthyMinutes') / seen) * 10_000) / 100;
  const label = `Healthy in ${healthy} % of ${lasting(seen * 60)} with reports; `
    + `unhealthy for ${lasting(sum('unhealthyMinutes') * 60)}, jailed for ${lasting(sum('jailedMinutes') * 60)}`;
  return panel('Health, 7 days', null,
    h('p', { class: 'sum' }, percent(healthy), h('span', { class: 'quiet' }, ` healthy of ${lasting(seen * 60)} with reports, in your time zone`)),
    timeline(hours, label),
    h('ul', { class: 'legend' }, ['healthy', 'unhealthy', 'jailed'].map((state) =>
      h('li', { key: state }, h('span', { class: `key is-${state}` }, `${state[0].toUpperCase()}${state.slice(1)}`))),
      h('li', { key: 'unseen' }, h('span', { class: 'key is-unseen' }, 'No report'))),
    troubles(feed.answer.body.intervals.filter(({ state, to }) => state !== 'healthy' && Date.parse(to) > begin)));
}

function troubles(intervals) {
  if (intervals.length === 0) {
    return h('p', { class: 'quiet' }, 'Never unhealthy or jailed in this range.');
  }
  const newest = [...intervals].reverse().slice(0, MOST_EVENTS);
  return h('details', { class: 'figures' },
    h('summary', null, `Times not healthy (${intervals.length}${intervals.length > MOST_EVENTS ? `, the newest ${MOST_EVENTS}` : ''})`),
    h('table', { class: 'plain' },
      h('thead', null, h('tr', null, ['State', 'From', 'To', 'For'].map((name) => h('th', { scope: 'col', key: name }, name)))),
      h('tbody', null, newest.map(({ state, from, to }) => h('tr', { key: from }, h('td', null, badge(state)),
        h('td', null, moment(from)), h('td', null, moment(to)), h('td', null, lasting((Date.parse(to) - Date.parse(from)) / 1000)))))));
}

function facts(body, answer) {
  const stats = body.stats ?? {};
  const fact = (name, value) => h('div', { key: name }, h('dt', null, name), h('dd', null, value));
  const text = (value) => orNothing(value, String);
  return panel('Facts', null, h('dl', { class: 'facts' },
    fact('Status', badge(stats.status ?? 'unknown')),
    fact('Uptime, 24 h', percent(stats.uptimePercent)),
    fact('Voting weight', whole(stats.votingWeight)),
    fact('Hardware', text(body.gpuType)),
    fact('Region', text(body.region)),
    fact('Model', text(stats.activeModel)),
    fact('Tokens per second', decimal(stats.tokensPerSec)),
    fact('Jobs today (UTC)', whole(stats.jobsDay)),
    fact('Identifier type', text(body.identifierType?.replace('_', ' '))),
    fact('Tracker', text(stats.source)),
    fact('Fetched', stats.fetchedAt ? [moment(stats.fetchedAt), ' (', age(stats.fetchedAt, stats.ageSeconds, answer), ' ago)'] : nothing())));
}
