// The trackers: results and durations of their polls.

import { h } from '../dom.js';
import { serverNow } from '../api.js';
import { badge, empty, moment, nothing, orNothing, percent, waiting, whole } from '../parts.js';
import { bothZones, lasting } from '../times.js';

const OUTCOMES = {
  ok: ['healthy', 'Responding'],
  partial: ['unhealthy', 'Incomplete data'],
  stale: ['unhealthy', 'No new data'],
  failed: ['jailed', 'Not responding'],
};

export const trackers = {
  title: () => 'Trackers',

  questions: () => ({ trackers: { url: '/api/v1/trackers', everySeconds: 5 } }),

  content(route, feeds, retry) {
    const feed = feeds.get('trackers');
    return [
      h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Trackers'),
        h('p', { class: 'quiet' }, 'All data come from these trackers. While a tracker is unavailable, its data are marked as stale.')),
      feed.answer ? list(feed.answer.body.items) : waiting(feed, 'trackers', retry),
    ];
  },
};

function list(items) {
  return items.length === 0
    ? empty('No trackers yet', 'They appear with their first poll.')
    : h('div', { class: 'cards' }, items.map((tracker) => h('article', { class: 'panel', key: tracker.name, 'aria-label': tracker.name }, card(tracker))));
}

function card(tracker) {
  const [state, word] = OUTCOMES[tracker.outcome] ?? ['unknown', 'Not polled yet'];
  const fact = (name, ...value) => h('div', { key: name }, h('dt', null, name), h('dd', null, value));
  const milliseconds = (value) => orNothing(value, (known) => `${known.toLocaleString('en')} ms`);
  return [
    h('header', { class: 'panel-head' }, h('h2', null, tracker.name), badge(state, word)),
    tracker.url ? h('p', { class: 'quiet wrap' }, tracker.url) : null,
    silence(tracker),
    h('dl', { class: 'facts' },
      fact('Success rate, 1 h', orNothing(tracker.successRate1h, (rate) => percent(Math.floor(rate * 10_000) / 100)),
        h('span', { class: 'quiet' }, ` of ${tracker.polls1h} polls`)),
      fact('Median', milliseconds(tracker.medianDurationMs)),
      fact('95 of 100 within', milliseconds(tracker.p95DurationMs)),
      fact('Last success', since(tracker.lastSuccessAt)),
      fact('Last poll', since(tracker.lastPollAt)),
      fact('Poll interval', lasting(tracker.intervalSeconds)),
      fact('Epoch', whole(tracker.epoch)),
      fact('Block', whole(tracker.blockHeight)),
      fact('Block time', moment(tracker.blockTime)),
      fact('Kind', tracker.kind),
      // Null without the right to see it.
      tracker.owner ? fact('Polled by', h('span', { class: 'wrap' }, tracker.owner)) : null),
  ];
}

/** Shown unless the newest poll was ok. */
function silence(tracker) {
  if (tracker.outcome === 'ok' || !tracker.outcome) {
    return null;
  }
  return h('p', { class: 'notice' }, tracker.lastSuccessAt ? ['No new data since ', moment(tracker.lastSuccessAt), '. '] : 'No successful poll yet. ',
    tracker.error ? h('span', { class: 'wrap' }, tracker.error) : null);
}

function since(instant) {
  return instant
    ? h('time', { datetime: instant, title: bothZones(instant) }, `${lasting((serverNow() - Date.parse(instant)) / 1000)} ago`)
    : nothing();
}
