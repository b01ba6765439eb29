// What the pages of jobs share.

import { h } from '../dom.js';
import { serverNow } from '../api.js';
import { link } from '../router.js';
import { badge, nothing } from '../parts.js';
import { t } from '../texts.js';
import { duration } from '../times.js';

export const STATES = ['queued', 'running', 'succeeded', 'failed', 'canceled'];
const SOURCES = ['monotonic', 'clock', 'clamped', 'lease'];

export const jobPath = (id) => link(['jobs', id]);

/** 019ad5a1…3e9a10: the beginning is the time, the end differs between jobs of one moment. */
export const shortId = (id) => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id);

export const botName = (bot) => bot ?? t('jobs.noBot');

export const wordForState = (state) => (STATES.includes(state) ? t(`jobs.state.${state}`) : state);

export const stateBadge = (state) => badge(state, wordForState(state));

/** The state and what is special about it. A lost job is a failed one of which nothing was heard. */
export function marks({ state, lost, conflicting, cancelRequested }) {
  const mark = (kind) => h('span', { class: `badge is-${kind}`, key: kind, title: t(`jobs.hint.${kind}`) }, t(`jobs.mark.${kind}`));
  return [
    lost ? mark('lost') : stateBadge(state),
    conflicting ? [' ', mark('conflicting')] : null,
    cancelRequested && state !== 'canceled' ? [' ', mark('wish')] : null,
  ];
}

export const isOpen = ({ state }) => state === 'queued' || state === 'running';

const since = (instant) => Math.max(0, serverNow() - Date.parse(instant));

/** The time in the queue; of a queued job it grows. */
export function queueMillis({ state, queueMs, acceptedAt }) {
  return queueMs ?? (state === 'queued' && acceptedAt ? since(acceptedAt) : null);
}

/** The time of the run; of a running job it grows. */
export function runMillis({ state, runMs, startedAt }) {
  return runMs ?? (state === 'running' && startedAt ? since(startedAt) : null);
}

export const durationOf = (milliseconds, title = null) => (milliseconds === null || milliseconds === undefined
  ? nothing() : h('span', { class: 'duration', title }, duration(milliseconds)));

/** Who measured the run. */
export const sourceOf = (job) => (job.runMs !== null && SOURCES.includes(job.durationSource) ? t(`jobs.source.${job.durationSource}`) : null);
