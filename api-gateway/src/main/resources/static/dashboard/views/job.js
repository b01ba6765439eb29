// One job: what it was, how it ended, how long it took, its stages, and what its reports contain.

import { h } from '../dom.js';
import { serverNow } from '../api.js';
import { showMessage } from '../message.js';
import { moment, nothing, orNothing, panel, waiting, whole } from '../parts.js';
import { link } from '../router.js';
import { plural, sentence, t } from '../texts.js';
import { duration, lasting } from '../times.js';
import { botName, durationOf, isOpen, jobPath, marks, queueMillis, runMillis, shortId, sourceOf, stateBadge } from './job-parts.js';
import { stagesPanel } from './job-stages.js';

const OPEN_SECONDS = 3;
/** An ended job changes only by a late report. */
const ENDED_SECONDS = 30;
const REPORTERS = ['executor', 'queue', 'recorder'];

export const job = {
  title: ({ path: [, id] }) => t('job.title', { id: shortId(id) }),

  questions({ path: [, id] }, feeds) {
    const shown = feeds.get(`job ${id}`)?.answer?.body;
    return {
      [`job ${id}`]: { url: `/api/v1/jobs/${encodeURIComponent(id)}`, everySeconds: shown && !isOpen(shown) ? ENDED_SECONDS : OPEN_SECONDS },
      // Unknown ids have no children either, and a malformed one would only fail twice.
      ...(shown ? { [`children ${id}`]: childrenQuestion(shown.jobId) } : {}),
    };
  },

  content({ path: [, id] }, feeds, retry) {
    const feed = feeds.get(`job ${id}`);
    if (!feed.answer) {
      return [heading(id, null), waiting(feed, t('job.what'), retry)];
    }
    const { body } = feed.answer;
    return [
      heading(body.jobId, body),
      durations(body),
      outcomes(body),
      failure(body.error),
      stagesPanel(feed),
      facts(body, feeds.get(`children ${id}`)),
      ...['progress', 'result', 'meta'].map((name) => json(name, body[name])),
    ];
  },
};

const childrenQuestion = (parent) => ({ url: `/api/v1/jobs?${new URLSearchParams({ parent, limit: 1 })}`, everySeconds: ENDED_SECONDS });

function heading(id, body) {
  return h('header', { class: 'page-head' },
    h('p', { class: 'crumbs' }, h('a', { href: link(['jobs']) }, t('job.all'))),
    h('h1', { tabindex: '-1' }, h('span', { class: 'wrap' }, body ? botName(body.botId) : t('job.title', { id: shortId(id) })), body ? [' ', marks(body)] : null),
    h('p', { class: 'address' }, id, ' ', copyButton(id)),
    body ? h('p', { class: 'quiet' }, inWords(body)) : null);
}

/** Reads as a sentence what the badge says in one word. */
function inWords(body) {
  const { state, lost, finishedAt, startedAt, acceptedAt, leaseUntil, cancelRequested } = body;
  const end = moment(finishedAt);
  const wish = cancelRequested ? sentence('job.wish', { who: cancelRequested.by ?? t('page.unknownValue'), time: moment(cancelRequested.at) }) : null;
  const says = lost ? sentence('job.lost', { time: end })
    : state === 'running' ? sentence('job.running', { time: moment(startedAt), lease: moment(leaseUntil) })
      : state === 'queued' ? sentence('job.queued', { time: moment(acceptedAt) })
        : state === 'canceled' ? sentence(startedAt ? 'job.canceled' : 'job.canceledInQueue', { time: end })
          : sentence(state === 'succeeded' ? 'job.succeeded' : 'job.failed', { time: end });
  return wish ? [says, ' ', wish] : says;
}

function copyButton(text) {
  // Browsers allow clipboard access to pages over TLS or from localhost only.
  return navigator.clipboard
    ? h('button', { type: 'button', class: 'button is-small', onclick: () => copy(text) }, t('page.copy'))
    : null;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    showMessage(t('page.copied'));
  } catch {
    showMessage(t('page.copyRefused'));
  }
}

function durations(body) {
  const queue = queueMillis(body);
  const run = runMillis(body);
  const known = queue !== null || run !== null;
  const tile = (name, milliseconds, ...details) => h('div', { class: 'tile', key: name }, h('h2', { class: 'tile-name' }, t(`job.${name}`)),
    h('p', { class: 'tile-value' }, durationOf(milliseconds)), details.filter(Boolean).map((note, i) => h('p', { class: 'tile-note', key: i }, note)));
  return h('section', { class: 'head is-four', 'aria-label': t('job.durations'), key: 'durations' },
    tile('queueTime', queue, t('job.queueNote')),
    tile('runTime', run, sourceOf(body)),
    tile('totalTime', body.totalMs ?? (known ? (queue ?? 0) + (run ?? 0) : null), isOpen(body) ? t('job.soFar') : null),
    expectation(body));
}

/** The expected end of a running job, or how far the expectation was off. */
function expectation({ eta, state }) {
  const place = (value, ...details) => h('div', { class: 'tile', key: 'eta' }, h('h2', { class: 'tile-name' }, t('job.eta')),
    h('p', { class: 'tile-value' }, value), details.filter(Boolean).map((note, i) => h('p', { class: 'tile-note', key: i }, note)));
  if (!eta) {
    return place(nothing(), t(state === 'queued' ? 'job.etaQueued' : 'job.etaUnknown'));
  }
  const spread = t('job.etaSpread', { half: duration(eta.p50Ms), most: duration(eta.p90Ms) });
  if (eta.errorMs !== null) {
    return place(duration(eta.ms), eta.errorMs === 0 ? t('job.etaExact')
      : t(eta.errorMs > 0 ? 'job.etaLonger' : 'job.etaShorter', { time: duration(Math.abs(eta.errorMs)) }), spread);
  }
  const left = (Date.parse(eta.at) - serverNow()) / 1000;
  return place(left > 0 ? t('job.etaIn', { time: lasting(left) }) : t('job.etaOverdue', { time: lasting(-left) }), moment(eta.at), spread);
}

/** Who said what about the end, if they differ. */
function outcomes({ conflicting, outcomes: reports }) {
  return !conflicting ? null : h('section', { class: 'panel is-conflict', 'aria-label': t('job.conflict'), key: 'outcomes' },
    h('header', { class: 'panel-head' }, h('h2', null, t('job.conflict'))),
    h('p', { class: 'quiet' }, t('job.conflictRule')),
    h('ul', { class: 'outcomes' }, reports.map(({ state, at, by, source }, i) => h('li', { key: i }, stateBadge(state), ' ',
      sentence('job.outcome', { who: reporter(by, source), time: moment(at) })))));
}

function reporter(by, source) {
  const kind = REPORTERS.includes(by) ? t(`job.by.${by}`) : by;
  return h('span', { class: 'wrap' }, source ? `${kind} (${source})` : kind);
}

function failure(error) {
  return !error ? null : h('section', { class: 'panel is-failure', 'aria-label': t('job.error'), key: 'error' },
    h('header', { class: 'panel-head' }, h('h2', null, t('job.error'))),
    h('p', { class: 'wrap error-text' }, error.name ? h('strong', null, error.name, error.message ? ': ' : '') : null, error.message ?? ''),
    error.stack ? h('details', { class: 'figures' }, h('summary', null, t('job.stack')), text(error.stack, t('job.stack'))) : null);
}

/** Text of any length, which scrolls within its place. */
const text = (content, label) => h('pre', { class: 'code', tabindex: '0', role: 'region', 'aria-label': label }, content);

function facts(body, children) {
  const fact = (name, ...value) => h('div', { key: name }, h('dt', null, t(`job.${name}`)), h('dd', null, value));
  return panel(t('facts.title'), null, h('dl', { class: 'facts' },
    fact('bot', body.botId === null ? botName(null) : h('a', { href: link(['jobs'], { bot: body.botId }) }, body.botId),
      body.botsDiffer ? h('span', { class: 'quiet' }, ` ${t('job.botsDiffer')}`) : null),
    fact('createdBy', orNothing(body.createdBy, ({ name, role }) => h('span', { class: 'wrap' }, role ? `${name} (${role})` : name))),
    fact('accepted', moment(body.acceptedAt)),
    fact('started', moment(body.startedAt)),
    fact('finished', moment(body.finishedAt)),
    fact('attempt', whole(body.attempt)),
    fact('parent', orNothing(body.parentId, (id) => h('a', { class: 'address', href: jobPath(id) }, shortId(id)))),
    fact('children', ofChildren(body.jobId, children)),
    fact('lease', moment(body.leaseUntil)),
    fact('trace', orNothing(body.trace, (trace) => h('span', { class: 'address' }, trace))),
    body.origin === 'adopted' ? fact('origin', t('job.adopted')) : null));
}

function ofChildren(id, feed) {
  const page = feed?.answer?.body;
  return !page ? nothing() : page.total === 0 ? t('job.noChildren') : h('a', { href: link(['jobs'], { parent: id }) },
    page.totalAtLeast ? t('jobs.atLeast', { n: whole(page.total) }) : plural('job.childCount', page.total));
}

function json(name, value) {
  return value === null ? null : h('section', { class: 'panel', 'aria-label': t(`job.${name}`), key: name },
    h('header', { class: 'panel-head' }, h('h2', null, t(`job.${name}`))), text(JSON.stringify(value, null, 2), t(`job.${name}`)));
}
