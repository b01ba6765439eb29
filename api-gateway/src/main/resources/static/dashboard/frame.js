// The frame of every view: navigation, age of the data, and warnings.

import { h } from './dom.js';
import { link } from './router.js';
import { accessKey } from './api.js';
import { lasting, localClock } from './times.js';

export function navigation(path) {
  const entry = (name, address, current) => h('a', { href: address, key: name, 'aria-current': current ? 'page' : null }, name);
  return [
    entry('Network', link([]), path === ''),
    entry('Epochs', link(['epochs']), path.startsWith('epochs')),
    entry('Trackers', link(['trackers']), path === 'trackers'),
    entry('API', '/docs', false),
  ];
}

/** The connection state, and when it was last checked. */
export function pulse(feeds) {
  const checked = newest(feeds);
  if (feeds.some(({ error }) => error?.passing)) {
    return h('p', { class: 'pulse is-away' }, 'Not reachable');
  }
  if (checked === undefined) {
    return feeds.some(({ error }) => error) ? h('p') : h('p', { class: 'pulse is-loading' }, feeds.length > 0 ? 'Loading' : '');
  }
  return h('p', { class: 'pulse is-live', title: `Checked ${localClock(checked)}` },
    'Up to date', h('span', { class: 'quiet only-wide' }, ` · ${lasting((Date.now() - checked) / 1000)} ago`));
}

/** The warning banner. The page keeps its data, and the banner shows their age. */
export function banner(feeds, retry) {
  const failing = feeds.filter(({ error }) => error);
  if (failing.some(({ error }) => error.status === 401)) {
    return keyForm(retry);
  }
  const away = failing.filter(({ error }) => error.passing);
  if (away.length > 0) {
    return trouble(away, retry);
  }
  const refused = failing.find(({ answer }) => answer);
  const network = feeds.find(({ url, answer }) => url === '/api/v1/network' && answer)?.answer.body;
  return h('div', { class: 'banner-place', role: 'status' },
    refused ? h('p', { class: 'banner is-warning' }, refused.error.message) : null,
    network ? ofChain(network) : null);
}

function trouble(away, retry) {
  const { error } = away[0];
  const checks = away.filter(({ answer }) => answer).map(({ checkedAt, answer }) => checkedAt ?? answer.receivedAt);
  const oldest = Math.min(...checks);
  const next = Math.min(...away.map(({ nextTryAt }) => nextTryAt));
  const wait = Math.max(0, Math.ceil((next - Date.now()) / 1000));
  return h('div', { class: 'banner is-error' },
    h('p', { role: 'status' }, h('strong', null, 'The API cannot be reached. '), error.status ? `${error.message}. ` : '',
      checks.length > 0 ? `Showing data from ${localClock(oldest)}` : ''),
    h('p', { class: 'banner-more' }, checks.length > 0 ? `${lasting((Date.now() - oldest) / 1000)} old · ` : '',
      wait > 0 ? `next retry in ${wait} s` : 'retrying …'),
    h('button', { type: 'button', class: 'button', onclick: retry }, 'Try now'));
}

function ofChain({ state, blockAgeSeconds }) {
  if (state === 'stale') {
    return h('p', { class: 'banner is-warning' }, h('strong', null, 'The network data are stale. '),
      `No tracker has reported a new block for ${lasting(Math.max(60, blockAgeSeconds - (blockAgeSeconds % 60)))}.`);
  }
  return state === 'syncing'
    ? h('p', { class: 'banner is-warning' }, h('strong', null, 'The chain node is catching up. '), 'Its blocks are older than the network’s.')
    : null;
}

function keyForm(retry) {
  const submit = (event) => {
    event.preventDefault();
    accessKey.set(event.target.querySelector('input').value.trim());
    retry();
  };
  return h('form', { class: 'banner is-warning', onsubmit: submit },
    h('label', null, 'This gateway requires an API key. ', h('input', { type: 'password', required: true, autocomplete: 'off', placeholder: 'API key' })),
    h('button', { type: 'submit', class: 'button' }, 'Use it'));
}

function newest(feeds) {
  const checks = feeds.map(({ checkedAt }) => checkedAt).filter(Boolean);
  return checks.length > 0 ? Math.max(...checks) : undefined;
}
