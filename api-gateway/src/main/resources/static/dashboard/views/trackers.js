// The trackers: results and durations of their polls.

import { h } from '../dom.js';
import { serverNow } from '../api.js';
import { badge, empty, moment, nothing, orNothing, percent, waiting, whole } from '../parts.js';
import { locale, sentence, t } from '../texts.js';
import { bothZones, lasting } from '../times.js';

const OUTCOMES = { ok: 'healthy', partial: 'unhealthy', stale: 'unhealthy', failed: 'jailed' };

export const trackers = {
  title: () => t('frame.trackers'),

  questions: () => ({ trackers: { url: '/api/v1/trackers', everySeconds: 5 } }),

  content(route, feeds, retry) {
    const feed = feeds.get('trackers');
    return [
      h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, t('frame.trackers')),
        h('p', { class: 'quiet' }, t('trackers.note'))),
      feed.answer ? list(feed.answer.body.items) : waiting(feed, t('trackers.what'), retry),
    ];
  },
};

function list(items) {
  return items.length === 0
    ? empty(t('trackers.empty'), t('trackers.emptyHint'))
    : h('div', { class: 'cards' }, items.map((tracker) => h('article', { class: 'panel', key: tracker.name, 'aria-label': tracker.name }, card(tracker))));
}

function card(tracker) {
  const outcome = tracker.outcome in OUTCOMES ? tracker.outcome : 'none';
  const fact = (name, ...value) => h('div', { key: name }, h('dt', null, t(`trackers.${name}`)), h('dd', null, value));
  return [
    h('header', { class: 'panel-head' }, h('h2', null, tracker.name), badge(OUTCOMES[outcome] ?? 'unknown', t(`outcome.${outcome}`))),
    tracker.url ? h('p', { class: 'quiet wrap' }, tracker.url) : null,
    silence(tracker),
    h('dl', { class: 'facts' },
      fact('successRate', rate(tracker.successRate1h), h('span', { class: 'quiet' }, ' ', t('trackers.ofPolls', { polls: tracker.polls1h }))),
      fact('median', milliseconds(tracker.medianDurationMs)),
      fact('p95', milliseconds(tracker.p95DurationMs)),
      fact('lastSuccess', since(tracker.lastSuccessAt)),
      fact('lastPoll', since(tracker.lastPollAt)),
      fact('interval', lasting(tracker.intervalSeconds)),
      fact('epoch', whole(tracker.epoch)),
      fact('block', whole(tracker.blockHeight)),
      fact('blockTime', moment(tracker.blockTime)),
      fact('kind', tracker.kind),
      // Null without the right to see it.
      tracker.owner ? fact('owner', h('span', { class: 'wrap' }, tracker.owner)) : null),
    otherPolls(tracker.otherPolls1h ?? []),
  ];
}

/** Polls for past epochs take longer and say nothing about how fast the tracker reports the running one. */
function otherPolls(polls) {
  return polls.length === 0 ? null : h('div', { class: 'other-polls' }, h('h3', null, t('trackers.otherPolls')),
    h('ul', null, polls.map(({ purpose, polls: count, successRate, medianDurationMs }) => h('li', { key: purpose },
      sentence('trackers.otherPoll', { purpose, polls: whole(count), rate: rate(successRate), median: milliseconds(medianDurationMs) })))));
}

const rate = (value) => orNothing(value, (known) => percent(Math.floor(known * 10_000) / 100));

const milliseconds = (value) => orNothing(value, (known) => t('unit.milliseconds', { n: known.toLocaleString(locale) }));

/** Shown unless the newest poll was ok. */
function silence(tracker) {
  if (tracker.outcome === 'ok' || !tracker.outcome) {
    return null;
  }
  return h('p', { class: 'notice' }, tracker.lastSuccessAt
    ? sentence('trackers.noDataSince', { time: moment(tracker.lastSuccessAt) }) : t('trackers.neverResponded'), ' ',
  tracker.error ? h('span', { class: 'wrap' }, tracker.error) : null);
}

function since(instant) {
  return instant
    ? h('time', { datetime: instant, title: bothZones(instant) }, t('unit.ago', { time: lasting((serverNow() - Date.parse(instant)) / 1000) }))
    : nothing();
}
