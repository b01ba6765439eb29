// The list of jobs, newest first.

import { h, once } from '../dom.js';
import { moment, orNothing, waiting, whole } from '../parts.js';
import { plural, sentence, t } from '../texts.js';
import { duration } from '../times.js';
import { isFiltered, MOST_ROWS, nextPageSize } from './job-filters.js';
import { botName, durationOf, isOpen, jobPath, marks, queueMillis, runMillis, shortId, sourceOf } from './job-parts.js';

const EXAMPLE = 'jobs run --bot nightly-backup -- COMMAND';
const COLUMNS = [['job', 'job'], ['state', 'state'], ['createdBy', 'creator'], ['accepted', 'accepted'], ['queue', 'number col-queue'],
  ['run', 'number col-run'], ['stages', 'number col-stages']];

/** @param to creates the address of the page with changes of the choice; slip opens it without an entry in the history */
export function jobList({ feed, chosen, to, slip, retry }) {
  return h('section', { class: 'panel', 'aria-label': t('jobs.list'), key: 'list' },
    h('header', { class: 'panel-head' }, h('h2', null, t('jobs.list'), ' ',
      feed.answer ? h('span', { class: 'count' }, total(feed.answer.body)) : null)),
    feed.answer ? filled(feed, chosen, to, slip) : waiting(feed, t('jobs.what'), retry));
}

function total({ total: all, totalAtLeast }) {
  return totalAtLeast ? t('jobs.atLeast', { n: whole(all) }) : whole(all);
}

function filled(feed, chosen, to, slip) {
  const { items } = feed.answer.body;
  if (items.length === 0) {
    return nothingFound(chosen, to);
  }
  return h('div', { class: feed.behind ? 'is-behind' : '' }, h('div', { class: 'table-place' },
    h('table', { class: 'job-list', role: 'table', 'aria-label': t('jobs.list') },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, COLUMNS.map(([name, kind]) =>
        h('th', { scope: 'col', role: 'columnheader', key: name, class: className(kind) }, t(`jobs.column.${name}`))))),
      h('tbody', { role: 'rowgroup' }, items.map((job) => (isOpen(job) ? row(job) : endedRow(job)))))),
    pages(feed, chosen, to, slip));
}

const className = (kind) => (kind.startsWith('number') ? kind : `col-${kind}`);

function row(job) {
  const cell = (name, kind, ...value) => h('td', { role: 'cell', key: name, class: className(kind), 'data-name': t(`jobs.column.${name}`) }, value);
  return h('tr', { role: 'row', key: job.jobId, class: job.state === 'failed' ? 'has-failed' : '' },
    h('th', { scope: 'row', role: 'rowheader', class: 'col-job' },
      h('a', { href: jobPath(job.jobId), title: botName(job.botId) }, h('b', null, botName(job.botId)), ' ',
        h('span', { class: 'address' }, shortId(job.jobId))),
      job.errorMessage ? h('span', { class: 'clip error-line', title: job.errorMessage }, job.errorMessage) : null),
    cell('state', 'state', marks(job)),
    cell('createdBy', 'creator', orNothing(job.createdBy, ({ name }) => h('span', { class: 'clip', title: name }, name))),
    cell('accepted', 'accepted', moment(job.acceptedAt ?? job.firstTime)),
    cell('queue', 'number col-queue', durationOf(queueMillis(job))),
    cell('run', 'number col-run', durationOf(runMillis(job), runHint(job))),
    cell('stages', 'number col-stages', whole(job.stageCount)));
}

/** The times of open jobs grow. */
const endedRow = once(row);

function runHint(job) {
  return job.state === 'running' && job.eta ? t('jobs.expected', { time: duration(job.eta.ms) }) : sourceOf(job);
}

/** More rows at once while the API allows it, so that the list stays live as a whole; then pages by cursor. */
function pages(feed, chosen, to, slip) {
  const { items, nextCursor } = feed.answer.body;
  const grows = nextCursor && !chosen.cursor && chosen.limit < MOST_ROWS;
  return h('nav', { class: 'pages', 'aria-label': t('jobs.pages') },
    h('span', { class: 'quiet', role: 'status' }, plural('jobs.shown', items.length, { total: total(feed.answer.body) })),
    chosen.cursor ? h('a', { class: 'button', key: 'newest', href: to({}) }, t('epochs.newest')) : null,
    grows ? h('button', { type: 'button', class: 'button', key: 'more', onclick: () => slip(to({ limit: nextPageSize(chosen.limit) })) },
      t('jobs.more')) : null,
    nextCursor && !grows ? h('a', { class: 'button', key: 'older', href: to({ cursor: nextCursor }) }, t('epochs.older')) : null);
}

function nothingFound(chosen, to) {
  const all = chosen.range === 'all' || chosen.cursor ? null
    : h('p', { key: 'all' }, h('a', { href: to({ range: 'all', from: '', to: '' }) }, t('jobs.searchAll')));
  if (isFiltered(chosen)) {
    return h('div', { class: 'placeholder' }, h('strong', null, t('jobs.noMatch')), h('p', null, t('jobs.noMatchHint')), all);
  }
  return h('div', { class: 'placeholder' }, h('strong', null, t(all ? 'jobs.emptyRange' : 'jobs.empty')), all,
    h('p', { key: 'how' }, sentence('jobs.howTo', { command: h('code', { class: 'command' }, EXAMPLE) })));
}

