// The header of the network: state of the chain, and number of participants.

import { h } from '../dom.js';
import { link } from '../router.js';
import { age, badge, decimal, waiting, whole, wordFor } from '../parts.js';
import { bothZones, countdown } from '../times.js';

const STATUSES = ['healthy', 'unhealthy', 'jailed', 'offline'];

/** The last known end of the epoch. Not every response contains it, because not every tracker reports it. */
let toldEnd = { epoch: undefined, at: undefined };

export const networkQuestion = { url: '/api/v1/network', everySeconds: 5 };

export function networkHead(feed, retry) {
  if (!feed.answer) {
    return h('section', { class: 'head', 'aria-label': 'Network' }, waiting(feed, 'network', retry));
  }
  const { body } = feed.answer;
  return h('section', { class: 'head', 'aria-label': 'Network' },
    tile('Epoch', whole(body.epoch), epochEnd(body, feed.answer)),
    tile('Block', whole(body.blockHeight), blockAge(body, feed.answer), badge(body.state)),
    tile('GPUs', whole(body.gpus), 'of nodes that report them'),
    participants(body),
    models(body));
}

function tile(name, value, note, mark) {
  return h('div', { class: 'tile' }, h('h2', { class: 'tile-name' }, name, mark ? [' ', mark] : null),
    h('p', { class: 'tile-value' }, value), h('p', { class: 'tile-note' }, note));
}

function epochEnd({ epoch, nextEpochSeconds }, { receivedAt }) {
  if (nextEpochSeconds !== null) {
    toldEnd = { epoch, at: receivedAt + nextEpochSeconds * 1000 };
  }
  if (epoch === null || toldEnd.epoch !== epoch) {
    return 'end unknown';
  }
  const seconds = (toldEnd.at - Date.now()) / 1000;
  const end = new Date(toldEnd.at).toISOString();
  return seconds > 0
    ? ['next in ', h('time', { class: 'countdown', datetime: end, title: bothZones(end) }, countdown(seconds))]
    : 'next epoch is due';
}

function blockAge(body, answer) {
  return body.blockTime === null ? 'time unknown' : [h('span', null, age(body.blockTime, body.blockAgeSeconds, answer), ' ago'),
    body.avgBlockSeconds === null ? null : h('span', { key: 'pace' }, ' · every ', decimal(body.avgBlockSeconds), ' s')];
}

function participants(body) {
  const shares = STATUSES.filter((status) => body[status] > 0);
  const unknown = body.participants - body.healthy - body.unhealthy - body.jailed;
  return h('div', { class: 'tile tile-wide' }, h('h2', { class: 'tile-name' }, 'Participants'),
    h('p', { class: 'tile-value' }, whole(body.participants)),
    h('div', { class: 'shares', 'aria-hidden': 'true' },
      shares.map((status) => h('i', { class: `is-${status}`, key: status, style: { 'flex-grow': String(body[status]) } }))),
    h('ul', { class: 'legend' }, STATUSES.map((status) => h('li', { key: status },
      h('a', { href: link([], { status }), class: `key is-${status}` }, wordFor(status), ' ', h('b', null, whole(body[status]))))),
    unknown > 0 ? h('li', { key: 'unknown' }, h('a', { href: link([], { status: 'unknown' }), class: 'key is-unknown' },
      'Unknown ', h('b', null, whole(unknown)))) : null));
}

function models({ models: names, participants: known }) {
  return h('div', { class: 'tile tile-wide' }, h('h2', { class: 'tile-name' }, 'Models'),
    h('p', { class: 'tile-value' }, whole(known === null ? null : names.length)),
    h('ul', { class: 'chips' }, names.map((model) => h('li', { key: model },
      h('a', { class: 'chip', href: link([], { model }), title: model }, model.split('/').at(-1))))));
}
