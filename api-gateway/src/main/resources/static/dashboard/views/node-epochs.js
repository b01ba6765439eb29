// The epochs of one node: what it earned in each, and whether the reward was claimed.

import { h } from '../dom.js';
import { empty, moment, panel, waiting, whole } from '../parts.js';
import { t } from '../texts.js';
import { block, cell, claimOf, columnHead, epochLink, missedRate, olderAndNewest, rewardOf } from './epoch-parts.js';

const ROWS = 10;
const HOUR_MS = 3_600_000;

export const newestEpochsQuestion = (path) => ({ url: `${path}/epochs?limit=${ROWS}`, everySeconds: 30 });

export function olderEpochsQuestion(path, cursor) {
  return { url: `${path}/epochs?${new URLSearchParams({ limit: ROWS, cursor })}`, everySeconds: 300 };
}

/** The length of the newest epoch of which both ends are known, or null. */
export function epochHours(feed) {
  const known = feed.answer?.body.items.find(({ start, end }) => start && end);
  return known ? (Date.parse(known.end) - Date.parse(known.start)) / HOUR_MS : null;
}

/** An epoch before the running one has ended, also if it is not settled yet. */
export function nodeEpochs({ feed, cursor, running, to, save, retry }) {
  const tools = h('button', { type: 'button', class: 'button', onclick: save }, t('page.csv'));
  return panel(t('epochs.title'), tools, feed.answer ? filled(feed, cursor, running, to) : waiting(feed, t('epochs.what'), retry));
}

function filled(feed, cursor, running, to) {
  const { body } = feed.answer;
  if (body.items.length === 0) {
    return empty(t('epochs.noneOfNode'), t('epochs.noneHint'));
  }
  return h('div', { class: feed.behind ? 'is-behind' : '' },
    h('div', { class: 'table-place' }, h('table', { class: 'epochs', role: 'table', 'aria-label': t('epochs.title') },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
        columnHead('epoch', 'col-epoch'), columnHead('rewarded', 'number', 'GNK'),
        columnHead('rank', 'number', null, t('epochs.rankHint')), columnHead('claim', 'col-claim'),
        columnHead('settled', 'col-settled'), columnHead('weight', 'number'),
        columnHead('inferences', 'number col-more'), columnHead('missed', 'number'), columnHead('invalidated', 'number col-more'),
        columnHead('block', 'number col-more'))),
      h('tbody', { role: 'rowgroup' }, body.items.map((item) => row(item, item.epoch < running))))),
    olderAndNewest(body, cursor, to));
}

function row(item, hasEnded) {
  return h('tr', { role: 'row', key: item.epoch },
    h('th', { scope: 'row', role: 'rowheader', class: 'col-epoch', 'data-name': t('epochs.epoch') }, epochLink(item.epoch),
      item.exact || !item.settledAt ? null : h('span', { class: 'quiet', title: t('epochs.approximateHint') }, ` ${t('epochs.approximate')}`)),
    cell('rewarded', 'number col-main', rewardOf(item)),
    cell('rank', 'number col-minor', whole(item.rank)),
    cell('claim', 'col-claim', claimOf(item, hasEnded)),
    cell('settled', 'col-settled', moment(item.settledAt)),
    cell('weight', 'number col-minor', whole(item.weight)),
    cell('inferences', 'number col-minor col-more', whole(item.inferences)),
    cell('missed', 'number', missedRate(item)),
    cell('invalidated', 'number col-minor col-more', whole(item.invalidated)),
    cell('block', 'number col-minor col-more', block(item.settlementBlock)));
}
