// How a node compares with the median of the network, and with itself a month ago.

import { h } from '../dom.js';
import { exact, rounded } from '../amounts.js';
import { link } from '../router.js';
import { locale, sentence, t } from '../texts.js';
import { dayInFull, daysAgo } from '../times.js';

const MONTH_DAYS = 30;
const PERCENT = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** @param newest the feed of the node's newest epochs: the epoch to compare is in its response */
export function comparisonQuestions(identifier, path, newest) {
  const settled = newestSettled(newest);
  const query = new URLSearchParams({ from: daysAgo(2 * MONTH_DAYS), to: daysAgo(1), interval: 'day' });
  return {
    ...(settled ? { [`median ${identifier}`]: { url: `/api/v1/epochs/${settled.epoch}`, everySeconds: 120 } } : {}),
    [`months ${identifier}`]: { url: `${path}/earnings?${query}`, everySeconds: 300 },
  };
}

export function comparison(identifier, feeds) {
  const lines = [
    withMedian(newestSettled(feeds.get(`epochs ${identifier}`)), feeds.get(`median ${identifier}`)?.answer?.body),
    withLastMonth(feeds.get(`months ${identifier}`).answer?.body),
  ].filter(Boolean);
  return lines.length > 0 ? h('ul', { class: 'compare' }, lines) : null;
}

function newestSettled(newest) {
  return newest?.answer?.body.items.find(({ settledAt, rewardedNgonka }) => settledAt && rewardedNgonka !== null);
}

function withMedian(settled, epoch) {
  if (!settled || epoch?.epoch !== settled.epoch || !epoch.medianRewardedNgonka) {
    return null;
  }
  const percent = change(settled.rewardedNgonka, epoch.medianRewardedNgonka);
  return percent === null ? null : h('li', { key: 'median' }, sentence('compare.epoch', {
    epoch: h('a', { href: link(['epochs', String(settled.epoch)]) }, String(settled.epoch)),
    reward: h('strong', { title: `${exact(settled.rewardedGnk)} GNK` }, rounded(settled.rewardedGnk)),
    difference: difference(percent, 'median', { count: epoch.participants.toLocaleString(locale) }),
  }));
}

function withLastMonth(earnings) {
  if (!earnings?.historyStart) {
    return null;
  }
  if (earnings.historyStart > earnings.from) {
    return h('li', { key: 'month', class: 'quiet' }, t('compare.tooShort', { day: dayInFull(earnings.historyStart) }));
  }
  const middle = daysAgo(MONTH_DAYS);
  const sum = (wanted) => earnings.items.filter(({ date }) => wanted(date))
    .reduce((all, { earningsNgonka }) => all + BigInt(earningsNgonka), 0n);
  const percent = change(sum((date) => date >= middle), sum((date) => date < middle));
  return percent === null ? null : h('li', { key: 'month' }, sentence('compare.days', {
    days: MONTH_DAYS, difference: difference(percent, 'month'),
  }));
}

/** In percent, or null if there is nothing to compare with. */
function change(now, before) {
  const base = BigInt(before);
  return base <= 0n ? null : Number(((BigInt(now) - base) * 1000n) / base) / 10;
}

function difference(percent, what, values) {
  const side = percent === 0 ? 'equal' : percent > 0 ? 'above' : 'below';
  const sign = { equal: '', above: '▲ ', below: '▼ ' }[side];
  return h('span', { class: `difference is-${side}` }, h('span', { 'aria-hidden': 'true' }, sign),
    t(`compare.${what}.${side}`, { ...values, percent: t('unit.percent', { n: PERCENT.format(Math.abs(percent)) }) }));
}
