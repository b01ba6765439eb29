// What the tables of epochs share.

import { h } from '../dom.js';
import { link } from '../router.js';
import { serverNow } from '../api.js';
import { amount, amountOf, badge, nothing, orNothing, percent } from '../parts.js';
import { locale, sentence, t } from '../texts.js';
import { bothZones, roughly } from '../times.js';

export const epochLink = (epoch) => h('a', { href: link(['epochs', String(epoch)]) }, String(epoch));

/** An epoch without a settlement. Its nodes are counted while it is running. */
export const unsettled = ({ participants }) => badge('provisional', participants === null ? undefined : t('epochs.running'));

/** The claim of a reward; of an unclaimed one also how long it can still be claimed. An unsettled epoch has none. */
export function claimOf({ claim, claimBefore, settledAt, end = null }, hasEnded = false) {
  if (claim === 'unknown' && !settledAt && !end) {
    return badge('provisional', hasEnded ? undefined : t('epochs.running'));
  }
  return [badge(claim), claimBefore ? [' ', deadline(claimBefore)] : null];
}

/** before epoch 437, in 21 h */
export function deadline({ epoch, at }, text = 'beforeIn') {
  const left = at ? (Date.parse(at) - serverNow()) / 1000 : null;
  return h('span', { class: 'deadline' }, left === null
    ? t('epochs.before', { epoch })
    : left <= 0 ? t('epochs.deadlinePassed') : sentence(`epochs.${text}`, {
      epoch, time: h('time', { datetime: at, title: bothZones(at) }, roughly(left)),
    }));
}

export const rewardOf = ({ rewardedGnk, rewardedNgonka }) => amount(rewardedGnk, rewardedNgonka);

/** A sum that is nothing is shown as a quiet dash, so that the others stand out. */
export function sumOf(ngonka) {
  return ngonka === '0' ? h('span', { class: 'zero' }, '–', h('span', { class: 'spoken' }, '0')) : amountOf(ngonka);
}

/** The share of requests that were missed. */
export function missedRate({ missed, inferences }) {
  if (missed === null || inferences === null || missed + inferences === 0) {
    return nothing();
  }
  return h('span', { title: t('epochs.missedOf', { missed: missed.toLocaleString(locale), all: (missed + inferences).toLocaleString(locale) }) },
    percent((missed / (missed + inferences)) * 100));
}

export const block = (height) => orNothing(height, (known) => known.toLocaleString(locale));

/** A column: its key among the texts, the class of its cells, and a tooltip. */
export function columnHead(name, kind, unit = null, title = null) {
  return h('th', { scope: 'col', role: 'columnheader', key: name, class: kind, title }, t(`epochs.${name}`),
    unit ? h('span', { class: 'unit' }, ` ${unit}`) : null);
}

/** A cell that has its name beside it where the table is narrow. */
export function cell(name, kind, ...value) {
  return h('td', { role: 'cell', key: name, class: kind, 'data-name': t(`epochs.${name}`) }, value);
}

/** Links to older pages, and back to the newest. */
export function olderAndNewest({ items, total, nextCursor }, cursor, to) {
  const range = items.length === 0 ? '' : t('epochs.shown', { first: items[0].epoch, last: items.at(-1).epoch, total: total.toLocaleString(locale) });
  return h('div', { class: 'pages' }, h('span', { class: 'quiet' }, range),
    cursor ? h('a', { class: 'button', href: to(null), key: 'newest' }, t('epochs.newest')) : null,
    nextCursor ? h('a', { class: 'button', href: to(nextCursor), key: 'older' }, t('epochs.older')) : null);
}
