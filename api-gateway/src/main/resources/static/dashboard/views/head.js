// The header of the network: state of the chain, and number of participants.

import { h } from '../dom.js';
import { link } from '../router.js';
import { age, badge, decimal, waiting, whole, wordFor } from '../parts.js';
import { sentence, t } from '../texts.js';
import { bothZones, countdown } from '../times.js';

const STATUSES = ['healthy', 'unhealthy', 'jailed', 'offline', 'inactive'];

/** The last known end of the epoch. Not every response contains it, because not every tracker reports it. */
let toldEnd = { epoch: undefined, at: undefined };

export function networkHead(feed, retry) {
  if (!feed.answer) {
    return h('section', { class: 'head is-network', 'aria-label': t('frame.network') }, waiting(feed, t('head.network'), retry));
  }
  const { body } = feed.answer;
  return h('section', { class: 'head is-network', 'aria-label': t('frame.network') },
    tile(t('head.epoch'), whole(body.epoch), epochEnd(body, feed.answer)),
    tile(t('head.block'), whole(body.blockHeight), blockAge(body, feed.answer), badge(body.state)),
    tile(t('head.gpus'), whole(body.gpus), t('head.gpusNote')),
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
    return t('head.endUnknown');
  }
  const seconds = (toldEnd.at - Date.now()) / 1000;
  const end = new Date(toldEnd.at).toISOString();
  return seconds > 0
    ? sentence('head.next', { time: h('time', { class: 'countdown', datetime: end, title: bothZones(end) }, countdown(seconds)) })
    : t('head.nextDue');
}

function blockAge(body, answer) {
  if (body.blockTime === null) {
    return t('head.timeUnknown');
  }
  const seen = sentence('head.blockAge', { age: age(body.blockTime, body.blockAgeSeconds, answer) });
  return body.avgBlockSeconds === null ? seen
    : [seen, h('span', { class: 'pace', key: 'pace' }, ' · ', sentence('head.pace', { seconds: decimal(body.avgBlockSeconds) }))];
}

function participants(body) {
  const shares = STATUSES.filter((status) => body[status] > 0);
  const unknown = body.participants - body.healthy - body.unhealthy - body.jailed;
  return h('div', { class: 'tile tile-wide is-participants' }, h('h2', { class: 'tile-name' }, t('head.participants'), ' ',
    h('b', { class: 'tile-value' }, whole(body.participants))),
    h('div', { class: 'shares', 'aria-hidden': 'true' },
      shares.map((status) => h('i', { class: `is-${status}`, key: status, style: { 'flex-grow': String(body[status]) } }))),
    h('ul', { class: 'legend' }, STATUSES.map((status) => count(status, body[status])), unknown > 0 ? count('unknown', unknown) : null));
}

/** On a phone the shape stands for the word. */
function count(status, number) {
  return h('li', { key: status }, h('a', { href: link([], { status }), class: `key is-${status}`, title: wordFor(status) },
    h('span', { class: 'key-word' }, wordFor(status)), ' ', h('b', null, whole(number))));
}

function models({ models: names, participants: known }) {
  return h('div', { class: 'tile tile-wide is-models' }, h('h2', { class: 'tile-name' }, t('head.models'), ' ',
    h('b', { class: 'tile-value' }, whole(known === null ? null : names.length))),
    h('ul', { class: 'chips' }, names.map((model) => h('li', { key: model },
      h('a', { class: 'chip', href: link([], { model }), title: model }, model.split('/').at(-1))))));
}
