// The health of a node: uptime of the time that was seen, hour by hour, and when it was not healthy.

import { h } from '../dom.js';
import { badge, empty, moment, panel, percent, waiting, wordFor } from '../parts.js';
import { sentence, t } from '../texts.js';
import { daysAgo, lasting } from '../times.js';
import { timeline, timelineBegin } from '../charts/timeline.js';

const HOUR_MS = 3_600_000;
const MOST_EVENTS = 12;

export function healthQuestion(path) {
  const from = new Date(timelineBegin(Date.now())).toISOString().slice(0, 10);
  return { url: `${path}/health?from=${from}&to=${daysAgo(0)}`, everySeconds: 60 };
}

export function healthPanel(feed, retry, save) {
  const tools = h('button', { type: 'button', class: 'button', onclick: () => save(feed.url) }, t('page.csv'));
  return panel(t('health.title'), tools, feed.answer ? filled(feed.answer.body) : waiting(feed, t('health.what'), retry));
}

function filled(health) {
  const begin = timelineBegin(Date.now());
  const hours = health.hours.filter(({ hour }) => Date.parse(hour) + HOUR_MS > begin);
  const sum = (name) => hours.reduce((minutes, hour) => minutes + hour[name], 0);
  const seen = sum('seenMinutes');
  if (seen === 0) {
    return empty(t('health.empty'));
  }
  const healthy = Math.floor((sum('healthyMinutes') / seen) * 10_000) / 100;
  const time = lasting(seen * 60);
  const label = t('health.summary', {
    percent: t('unit.percent', { n: healthy }), time,
    unhealthy: lasting(sum('unhealthyMinutes') * 60), jailed: lasting(sum('jailedMinutes') * 60),
  });
  return [
    h('p', { class: 'sum' }, percent(healthy), h('span', { class: 'quiet' }, ` ${t('health.of', { time })}`)),
    timeline(hours, label),
    h('ul', { class: 'legend' }, ['healthy', 'unhealthy', 'jailed'].map((state) =>
      h('li', { key: state }, h('span', { class: `key is-${state}` }, wordFor(state)))),
      h('li', { key: 'unseen' }, h('span', { class: 'key is-unseen' }, t('health.noReport')))),
    troubles(health.intervals.filter(({ state, to }) => state !== 'healthy' && Date.parse(to) > begin), time),
  ];
}

function troubles(intervals, seen) {
  if (intervals.length === 0) {
    return h('p', { class: 'quiet' }, t('health.never', { time: seen }));
  }
  const newest = [...intervals].reverse().slice(0, MOST_EVENTS);
  const title = intervals.length > MOST_EVENTS
    ? t('health.troublesNewest', { count: intervals.length, newest: MOST_EVENTS })
    : t('health.troubles', { count: intervals.length });
  return h('details', { class: 'figures' }, h('summary', null, title),
    h('table', { class: 'plain' },
      h('thead', null, h('tr', null, ['state', 'from', 'to', 'for'].map((name) => h('th', { scope: 'col', key: name }, t(`health.${name}`))))),
      h('tbody', null, newest.map(({ state, from, to }) => h('tr', { key: from }, h('td', null, badge(state)),
        h('td', null, moment(from)), h('td', null, moment(to)), h('td', null, lasting((Date.parse(to) - Date.parse(from)) / 1000)))))));
}

/** 99.5 % of 23 h 50 min seen in 24 h */
export function uptimeOfSeen({ uptimePercent, uptimeSeenMinutes }) {
  return uptimePercent === null || uptimeSeenMinutes === null || uptimeSeenMinutes === undefined
    ? percent(uptimePercent)
    : sentence('uptime.of', { percent: percent(uptimePercent), time: lasting(uptimeSeenMinutes * 60) });
}
