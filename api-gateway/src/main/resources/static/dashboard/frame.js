// The frame of every page: navigation, age of the data, warnings, and the footer.

import { h } from './dom.js';
import { link } from './router.js';
import { accessKey, serverNow } from './api.js';
import { dataAge } from './data-age.js';
import { chooseLanguage, language, LANGUAGES, t } from './texts.js';
import { bothZones, lasting, localClock } from './times.js';

const NODE_ADDRESS = /^\/api\/v1\/nodes\/[^/?]+$/;

/** The feeds of the frame; every page has them. */
export const frameQuestions = {
  network: { url: '/api/v1/network', everySeconds: 5 },
  trackers: { url: '/api/v1/trackers', everySeconds: 10 },
};

/** @param showsJobs whether this reader can see jobs */
export function navigation(path, showsJobs) {
  const entry = (name, address, current) => h('a', { href: address, key: name, 'aria-current': current ? 'page' : null }, t(`frame.${name}`));
  return [
    entry('network', link([]), path === ''),
    entry('watchList', link(['watch']), path === 'watch'),
    entry('epochs', link(['epochs']), path.split('/')[0] === 'epochs'),
    entry('trackers', link(['trackers']), path === 'trackers'),
    showsJobs ? entry('jobs', link(['jobs']), path.split('/')[0] === 'jobs') : null,
    entry('api', '/docs/guide.html', false),
  ];
}

/** Shown unless the gateway says that the network is real. */
export function simulatedBadge(feeds) {
  return feeds.get('network')?.answer?.body.simulated
    ? h('p', { class: 'simulated', title: t('frame.simulatedHint') }, h('span', { class: 'only-wide' }, t('frame.simulated')),
      h('span', { class: 'not-wide' }, t('frame.simulatedShort')))
    : null;
}

/** The age of the oldest data of this page. Green only while every tracker responds and the shown node is new. */
export function pulse(feeds) {
  if (feeds.all().some(({ error }) => error?.passing)) {
    return h('p', { class: 'pulse is-away' }, t('pulse.away'));
  }
  const trackers = feeds.get('trackers')?.answer?.body.items;
  if (!trackers) {
    return h('p', { class: 'pulse' }, feeds.all().some(({ error }) => error) ? '' : t('pulse.loading'));
  }
  const node = shownNode(feeds);
  const age = dataAge(trackers, node?.body.stats, serverNow());
  const says = pulseWords(age, node);
  return h('p', { class: `pulse is-${age.level}`, title: pulseHint(trackers, age) },
    h('span', { class: 'only-wide' }, says), h('span', { class: 'not-wide' }, shortPulse(age, node)));
}

function pulseWords(age, node) {
  if (age.nodeIsOld) {
    return t('pulse.oldNode', { age: nodeAge(node) });
  }
  if (age.level === 'unknown') {
    return t('pulse.unknown');
  }
  if (age.level === 'live') {
    return t('pulse.live', { age: lasting(age.seconds) });
  }
  return age.seconds === Infinity
    ? t('pulse.down', { tracker: age.tracker })
    : t('pulse.old', { tracker: age.tracker, age: lasting(age.seconds) });
}

function shortPulse(age, node) {
  if (age.nodeIsOld) {
    return nodeAge(node);
  }
  return Number.isFinite(age.seconds) ? lasting(age.seconds) : '–';
}

const nodeAge = ({ body, receivedAt }) => lasting(body.stats.ageSeconds + (Date.now() - receivedAt) / 1000);

function pulseHint(trackers, { tracker }) {
  const oldest = trackers.find(({ name }) => name === tracker);
  return oldest?.lastSuccessAt ? t('pulse.hint', { tracker, time: bothZones(oldest.lastSuccessAt) }) : null;
}

function shownNode(feeds) {
  return feeds.all().find(({ url, behind }) => NODE_ADDRESS.test(url) && !behind)?.answer;
}

/** The warnings of every page. The page keeps its data, and the banner shows their age. */
export function banner(feeds, retry) {
  const failing = feeds.all().filter(({ error }) => error);
  const locked = failing.find(({ error }) => error.status === 401 || error.problem?.code === 'right_required');
  if (locked) {
    return keyForm(locked.error, retry);
  }
  const away = failing.filter(({ error }) => error.passing);
  if (away.length > 0) {
    return trouble(away, retry);
  }
  const refused = failing.find(({ answer }) => answer);
  const trackers = feeds.get('trackers')?.answer?.body.items ?? [];
  const network = feeds.get('network')?.answer?.body;
  return h('div', { class: 'banner-place', role: 'status' },
    refused ? h('p', { class: 'banner is-warning' }, refused.error.message) : null,
    dataAge(trackers, undefined, serverNow()).silent.map(silence),
    network ? ofChain(network) : null);
}

function silence({ name, lastSuccessAt, seconds }) {
  return h('p', { class: 'banner is-warning', key: name },
    h('strong', null, lastSuccessAt ? t('banner.silent', { name, age: lasting(coarse(seconds)) }) : t('banner.silentNever', { name })),
    lastSuccessAt ? h('span', null, t('banner.silentHint')) : null,
    h('a', { href: link(['trackers']) }, t('frame.trackers')));
}

function trouble(away, retry) {
  const { error } = away[0];
  const checks = away.filter(({ answer }) => answer).map(({ checkedAt, answer }) => checkedAt ?? answer.receivedAt);
  const oldest = Math.min(...checks);
  const next = Math.min(...away.map(({ nextTryAt }) => nextTryAt));
  const wait = Math.max(0, Math.ceil((next - Date.now()) / 1000));
  return h('div', { class: 'banner is-error' },
    h('p', { role: 'status' }, h('strong', null, t('banner.away'), ' '), error.status ? `${error.message}. ` : '',
      checks.length > 0 ? t('banner.showing', { time: localClock(oldest) }) : ''),
    h('p', { class: 'banner-more' }, checks.length > 0 ? [t('banner.old', { age: lasting((Date.now() - oldest) / 1000) }), ' · '] : '',
      wait > 0 ? t('banner.nextRetry', { seconds: wait }) : t('banner.retrying')),
    h('button', { type: 'button', class: 'button', onclick: retry }, t('page.retry')));
}

function ofChain({ state, blockAgeSeconds }) {
  if (state === 'stale') {
    return h('p', { class: 'banner is-warning' }, h('strong', null, t('banner.stale')),
      h('span', null, t('banner.staleHint', { age: lasting(coarse(blockAgeSeconds)) })));
  }
  return state === 'syncing'
    ? h('p', { class: 'banner is-warning' }, h('strong', null, t('banner.syncing')), h('span', null, t('banner.syncingHint')))
    : null;
}

/** In whole minutes: screen readers announce each change of a banner. */
const coarse = (seconds) => Math.max(60, seconds - (seconds % 60));

/** Also for a key without the right, so that the reader can use another one. */
function keyForm({ status, message }, retry) {
  const submit = (event) => {
    event.preventDefault();
    accessKey.set(event.target.querySelector('input').value.trim());
    retry();
  };
  return h('form', { class: 'banner is-warning', onsubmit: submit },
    h('label', null, status === 401 ? t('banner.keyRequired') : message, ' ', h('input', { type: 'password', required: true, autocomplete: 'off', placeholder: t('banner.key') })),
    h('button', { type: 'submit', class: 'button' }, t('banner.useKey')));
}

/** @param release the response of /actuator/info, if the gateway says it */
export function footer(release) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [
    h('p', { class: 'bottom-note' }, t('frame.tooltips', { zone })),
    h('div', { class: 'bottom-line' },
      h('span', { class: 'version' }, version(release)),
      h('label', { class: 'language' }, h('span', null, t('frame.language')), ' ',
        h('select', { value: language, onchange: (event) => chooseLanguage(event.target.value) },
          LANGUAGES.map(([tag, name]) => h('option', { value: tag, key: tag, lang: tag }, name)))),
      language === 'en' ? null : h('span', { class: 'translated' }, t('frame.machineTranslated'))),
  ];
}

function version(release) {
  const { build, git } = release ?? {};
  if (!build) {
    return 'Gonka Pulse';
  }
  // An archive of the source has no commit.
  return git
    ? t('frame.version', { version: build.version, commit: git.commit.id.slice(0, 9) })
    : t('frame.versionOnly', { version: build.version });
}
