// The network by epoch: what was rewarded, and how much of it was claimed.

import { h } from '../dom.js';
import '../charts/bar-chart.js';
import { saveCsv } from '../csv.js';
import { link } from '../router.js';
import { drawable, exact, fromNgonka } from '../amounts.js';
import { axisAmount } from '../charts/earnings-bars.js';
import { empty, moment, panel, waiting, whole } from '../parts.js';
import { t } from '../texts.js';
import { utc } from '../times.js';
import { block, cell, columnHead, deadline, epochLink, missedRate, olderAndNewest, rewardOf, sumOf, unsettled } from './epoch-parts.js';

const ROWS = 30;
const PARTS = [['claimed', 'settled'], ['unclaimed', 'unclaimed'], ['forfeited', 'lost']];
const drawn = new WeakMap();

export const epochs = {
  title: () => t('epochs.title'),

  questions: ({ parameters }) => ({ epochs: epochsQuestion(parameters.get('cursor')) }),

  content({ parameters }, feeds, retry) {
    const feed = feeds.get('epochs');
    const tools = h('button', { type: 'button', class: 'button', onclick: () => saveCsv('/api/v1/epochs?limit=500', 'epochs.csv') }, t('page.csv'));
    return [
      h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, t('epochs.title')),
        h('p', { class: 'quiet' }, t('epochs.intro'))),
      ...(feed.answer ? filled(feed, parameters.get('cursor'), tools) : [waiting(feed, t('epochs.what'), retry)]),
    ];
  },
};

function epochsQuestion(cursor) {
  return { url: `/api/v1/epochs?${new URLSearchParams({ limit: ROWS, ...(cursor ? { cursor } : {}) })}`, everySeconds: cursor ? 300 : 30 };
}

function filled(feed, cursor, tools) {
  const { body } = feed.answer;
  if (body.items.length === 0) {
    return [empty(t('epochs.none'), t('epochs.noneHint'))];
  }
  const behind = feed.behind ? 'is-behind' : '';
  return [
    panel(t('epochs.rewards'), null, h('div', { class: behind },
      h('bar-chart', { 'aria-label': t('epochs.chart'), '.chart': epochBars(body) }),
      h('ul', { class: 'legend' }, PARTS.map(([name, kind]) => h('li', { key: name }, h('span', { class: `key is-${kind}` }, t(`status.${name}`))))))),
    panel(t('epochs.all'), tools, h('div', { class: behind },
      h('div', { class: 'table-place' }, table(body.items)), olderAndNewest(body, cursor, (next) => link(['epochs'], { cursor: next })))),
  ];
}

function table(items) {
  return h('table', { class: 'epochs', role: 'table', 'aria-label': t('epochs.all') },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
      columnHead('epoch', 'col-epoch'), columnHead('rewarded', 'number', 'GNK'), columnHead('unclaimed', 'number', 'GNK'),
      columnHead('deadline', 'col-deadline'), columnHead('forfeited', 'number', 'GNK'), columnHead('settled', 'col-settled'),
      columnHead('participants', 'number'), columnHead('missed', 'number'), columnHead('inferences', 'number col-more'),
      columnHead('block', 'number col-more'))),
    h('tbody', { role: 'rowgroup' }, items.map(row)));
}

function row(item) {
  return h('tr', { role: 'row', key: item.epoch },
    h('th', { scope: 'row', role: 'rowheader', class: 'col-epoch', 'data-name': t('epochs.epoch') }, epochLink(item.epoch)),
    cell('rewarded', 'number col-main', rewardOf(item)),
    cell('unclaimed', 'number col-sum', sumOf(item.unclaimedNgonka)),
    cell('deadline', 'col-deadline', item.claimBefore && item.unclaimedNgonka !== '0' ? deadline(item.claimBefore, 'deadlineIn') : null),
    cell('forfeited', 'number col-sum', sumOf(item.forfeitedNgonka)),
    cell('settled', 'col-settled', item.settledAt ? moment(item.settledAt) : unsettled(item)),
    cell('participants', 'number col-minor', whole(item.participants)),
    cell('missed', 'number col-minor', missedRate(item)),
    cell('inferences', 'number col-minor col-more', whole(item.inferences)),
    cell('block', 'number col-minor col-more', block(item.settlementBlock)));
}

/** The same response gives the same object, so that it is drawn once. */
function epochBars(body) {
  if (!drawn.has(body)) {
    const settled = body.items.filter(({ rewardedNgonka }) => rewardedNgonka !== null).reverse();
    drawn.set(body, { bars: settled.map(bar), format: axisAmount });
  }
  return drawn.get(body);
}

function bar(item) {
  const amountOfPart = (name) => fromNgonka(item[`${name}Ngonka`]);
  return {
    axis: String(item.epoch),
    state: 'settled',
    parts: PARTS.map(([name, kind]) => ({ kind, value: drawable(amountOfPart(name)) })),
    lines: [
      t('epochs.settledAt', { epoch: item.epoch, time: utc(item.settledAt) }),
      `${exact(item.rewardedGnk)} GNK`,
      ...PARTS.map(([name]) => t('epochs.part', { name: t(`status.${name}`), amount: exact(amountOfPart(name)) })),
    ],
  };
}
