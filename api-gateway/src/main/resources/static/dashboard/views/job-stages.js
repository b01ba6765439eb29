// The stages of a job: as a waterfall, and as a table with the same values.

import { h, once } from '../dom.js';
import '../charts/stage-waterfall.js';
import { serverNow } from '../api.js';
import { saveRows } from '../csv.js';
import { badge, nothing, orNothing, whole } from '../parts.js';
import { slip } from '../router.js';
import { plural, t } from '../texts.js';
import { bothZones, duration, localClock, localExact } from '../times.js';
import { durationOf, isOpen } from './job-parts.js';

const KINDS = { succeed: 'succeeded', fail: 'failed', running: 'running' };
const ENDS = { reported: 'reported', next_stage: 'nextStage', job: 'job' };
const CSV_COLUMNS = ['no', 'name', 'status', 'startedAt', 'endedAt', 'endedBy', 'durationMs'];
/** Pictures of bodies; that of an open job is drawn again each second. */
const drawn = new WeakMap();

let tableIsOpen = false;

/** A refresh that fails keeps the last picture and says so. */
export function stagesPanel(feed) {
  const job = feed.answer.body;
  const { stages } = job;
  const picture = pictureOf(job);
  const tools = stages.length === 0 ? null
    : h('button', { type: 'button', class: 'button', onclick: () => saveStages(job) }, t('page.csv'));
  return h('section', { class: 'panel is-stages', 'aria-label': t('stages.title'), key: 'stages' },
    h('header', { class: 'panel-head' }, h('h2', null, t('stages.title'), ' ', h('span', { class: 'count' }, whole(stages.length))),
      tools ? h('div', { class: 'tools' }, tools) : null),
    feed.error ? h('p', { class: 'notice', role: 'status' }, t('stages.kept', {
      time: localClock(feed.checkedAt ?? feed.answer.receivedAt), error: feed.error.message,
    })) : null,
    picture.bars.length === 0 ? h('p', { class: 'quiet' }, t('stages.none')) : [
      h('stage-waterfall', { '.picture': picture }),
      h('p', { class: 'quiet chart-note' }, notes(picture)),
      legend(picture)],
    stages.length === 0 ? null : table(job));
}

function pictureOf(job) {
  const second = isOpen(job) ? Math.floor(serverNow() / 1_000) : 0;
  const known = drawn.get(job);
  if (known?.second === second) {
    return known.picture;
  }
  const picture = drawPicture(job, isOpen(job) ? serverNow() : null);
  drawn.set(job, { second, picture });
  return picture;
}

/** @param now null if the job has ended */
function drawPicture(job, now) {
  const stages = placedStages(job, now);
  const bars = [queueBar(job, now), ...stages].filter((one) => one !== null);
  if (stages.length === 0 && job.startedAt) {
    bars.push(runBar(job, now));
  }
  return {
    bars, label: t('stages.chart'), unplaced: job.stages.length - stages.length,
    end: now ?? Math.max(...bars.map(({ to }) => to), time(job.finishedAt) ?? -Infinity),
  };
}

const time = (instant) => (instant === null ? null : Date.parse(instant));

function queueBar(job, now) {
  const from = time(job.acceptedAt);
  const to = time(job.startedAt) ?? (job.state === 'queued' ? now : time(job.finishedAt));
  return from === null || to === null || to <= from ? null : bar({ name: t('stages.queue'), from, to, kind: 'queue', measured: job.queueMs });
}

/** The only bar of a job that reported no stages. */
function runBar(job, now) {
  const from = time(job.startedAt);
  const to = endOf(from, job.runMs, time(job.finishedAt), now);
  const kind = job.state === 'running' ? 'running' : job.state === 'succeeded' ? 'succeed' : 'fail';
  return bar({ name: t('stages.run'), from, to, kind, measured: job.runMs });
}

/** A stage of which only the end is known begins that much earlier; one without both has no place. */
function placedStages(job, now) {
  return job.stages.map((stage) => {
    const end = time(stage.endedAt);
    const from = time(stage.startedAt) ?? (end !== null && stage.durationMs !== null ? end - stage.durationMs : null);
    return from === null ? null : bar({
      name: stage.name, from, to: endOf(from, stage.durationMs, end, now), kind: stage.status, measured: stage.durationMs,
      implied: stage.endedBy !== null && stage.endedBy !== 'reported', error: stage.error,
    });
  }).filter((one) => one !== null).sort((one, other) => one.from - other.from);
}

/** The clock places the begin, and the measured duration gives the length: a clock may step in between. */
function endOf(from, measured, end, now) {
  return Math.max(from, measured !== null ? from + measured : end ?? now ?? from);
}

function bar({ name, from, to, kind, measured, implied = false, error = null }) {
  const length = duration(measured ?? to - from);
  const state = kind === 'queue' ? null : t(`stages.status.${kind}`);
  return {
    name, from, to, kind, implied, length,
    lines: [name, [state, length].filter(Boolean).join(', '), bothZones(new Date(from).toISOString()).split('\n')[1],
      ...(implied ? [t('stages.impliedEnd')] : []), ...(error ? [[error.name, error.message].filter(Boolean).join(': ')] : [])],
  };
}

/** Sums of what the picture compresses or leaves out. */
function notes({ bars, end, unplaced }) {
  const gaps = idleTimes(bars, end);
  const idle = gaps.reduce((sum, gap) => sum + gap.length, 0);
  return [
    gaps.length > 0 ? plural('stages.idleSum', gaps.length, { time: duration(idle) }) : bars.length > 2 ? t('stages.noIdle') : null,
    unplaced > 0 ? ` ${plural('stages.withoutStart', unplaced)}` : null,
  ];
}

/** The times in which no bar is open. */
function idleTimes(bars, end) {
  const gaps = [];
  let busyUntil = -Infinity;
  for (const { from, to } of [...bars].sort((one, other) => one.from - other.from)) {
    if (busyUntil !== -Infinity && from > busyUntil) {
      gaps.push({ at: busyUntil, length: from - busyUntil });
    }
    busyUntil = Math.max(busyUntil, to);
  }
  return end > busyUntil && busyUntil !== -Infinity ? [...gaps, { at: busyUntil, length: end - busyUntil }] : gaps;
}

function legend({ bars }) {
  const entry = (kind, text) => h('li', { key: kind }, h('span', { class: `key is-stage-${kind}` }, text));
  const has = (wanted) => bars.some(wanted);
  return h('ul', { class: 'legend' },
    has(({ kind }) => kind === 'queue') ? entry('queue', t('stages.queue')) : null,
    Object.keys(KINDS).filter((status) => has(({ kind }) => kind === status)).map((status) => entry(status, t(`stages.status.${status}`))),
    has(({ implied }) => implied) ? entry('implied', t('stages.impliedEnd')) : null);
}

/** Rows exist only while the table is open: it is compared each second. */
function table(job) {
  const column = (name, kind = null) => h('th', { scope: 'col', key: name, class: kind }, t(`stages.column.${name}`));
  const toggle = ({ target }) => {
    if (target.open !== tableIsOpen) {
      tableIsOpen = target.open;
      slip(location.hash);
    }
  };
  return h('details', { class: 'figures', open: tableIsOpen, ontoggle: toggle, key: 'table' }, h('summary', null, t('page.asTable')),
    tableIsOpen ? h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': t('stages.title') }, h('table', { class: 'plain stage-table' },
      h('thead', null, h('tr', null, column('no', 'number'), column('name'), column('status'), column('start'), column('duration', 'number'),
        column('end'), column('error'))),
      h('tbody', null, job.stages.map(stageRow)))) : null);
}

const stageRow = once(({ no, name, status, startedAt, durationMs, endedBy, error }) => h('tr', null,
  h('td', { class: 'number' }, whole(no)),
  h('th', { scope: 'row', class: 'wrap stage-name' }, name),
  h('td', null, status in KINDS ? badge(KINDS[status], t(`stages.status.${status}`)) : status),
  h('td', null, orNothing(startedAt, (instant) => h('time', { datetime: instant, title: bothZones(instant) }, localExact(instant)))),
  h('td', { class: 'number' }, durationOf(durationMs)),
  h('td', { class: endedBy === 'reported' ? null : 'quiet' }, endedBy in ENDS ? t(`stages.end.${ENDS[endedBy]}`) : nothing()),
  h('td', { class: 'wrap stage-error' }, error ? [error.name, error.message].filter(Boolean).join(': ') : nothing())));

function saveStages(job) {
  saveRows(`job-${job.jobId}-stages.csv`, [
    [...CSV_COLUMNS, 'errorName', 'errorMessage'],
    ...job.stages.map((stage) => [...CSV_COLUMNS.map((name) => stage[name]), stage.error?.name, stage.error?.message]),
  ]);
}
