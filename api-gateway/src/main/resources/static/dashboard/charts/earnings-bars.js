// The bars of earnings: what was earned, of that what is unclaimed, and below zero what was forfeited.

import { drawable, exact, fromNgonka, rounded } from '../amounts.js';
import { wordFor } from '../parts.js';
import { locale, plural, t } from '../texts.js';
import { bothZones, bucketInFull, bucketName, dayInFull } from '../times.js';

const AXIS = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 });
const HOURS = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const drawn = new WeakMap();

export const axisAmount = (value) => AXIS.format(value);

/** The chart of a response. The same response gives the same object, so that it is drawn once. */
export function earningsBars(earnings, epochHours) {
  const before = drawn.get(earnings);
  if (before?.epochHours === epochHours) {
    return before.chart;
  }
  const chart = { bars: earnings.items.map((item) => bar(item, earnings.interval, epochHours)), format: axisAmount };
  drawn.set(earnings, { epochHours, chart });
  return chart;
}

/** Only of weeks and months: today is never over. */
export const isPartial = (item, interval) => interval !== 'day' && item.complete === false;

/** Only of days: a week has a settlement. */
export const isWithoutSettlement = (item, interval) => interval === 'day' && item.reason === 'no_settlement';

/** What is special about a day or bucket, in words. */
export function remarks(item, interval, epochHours) {
  return [
    isNonzero(item.unclaimedNgonka) ? unclaimed(item) : null,
    isNonzero(item.forfeitedNgonka) ? t('chart.forfeitedAmount', { amount: rounded(fromNgonka(item.forfeitedNgonka)) }) : null,
    isWithoutSettlement(item, interval) ? noSettlement(epochHours) : null,
    isPartial(item, interval) ? t('chart.partial', { from: dayInFull(item.from), to: dayInFull(item.to) }) : null,
  ].filter(Boolean);
}

export const isNonzero = (ngonka) => ngonka !== undefined && ngonka !== null && ngonka !== '0';

export function noSettlement(epochHours) {
  return epochHours === null
    ? t('chart.noSettlement')
    : t('chart.noSettlementHours', { hours: HOURS.format(epochHours) });
}

function unclaimed({ unclaimedNgonka, claimBefore }) {
  const amount = rounded(fromNgonka(unclaimedNgonka));
  return claimBefore
    ? t('chart.unclaimedBefore', { amount, epoch: claimBefore.epoch, time: claimBefore.at ? ` (${bothZones(claimBefore.at).split('\n')[0]})` : '' })
    : t('chart.unclaimedAmount', { amount });
}

function bar(item, interval, epochHours) {
  return {
    axis: bucketName(item.date, interval),
    state: item.state ?? 'none',
    parts: parts(item),
    mark: isWithoutSettlement(item, interval) ? 'unsettled' : null,
    partial: isPartial(item, interval),
    lines: [
      `${bucketInFull(item.date, interval)} (UTC)`,
      `${exact(item.earningsGnk)} GNK`,
      `${exact(item.earningsNgonka)} ngonka`,
      [stateOf(item), item.nodes === undefined ? null : plural('chart.nodes', item.nodes)].filter(Boolean).join(', '),
      ...remarks(item, interval, epochHours),
    ],
  };
}

const stateOf = ({ state }) => (state ? wordFor(state).toLocaleLowerCase(locale) : t('earnings.none'));

/** The amount of a day is what was earned on it less what was forfeited on it. */
function parts({ earningsNgonka, unclaimedNgonka = '0', forfeitedNgonka = '0', state, reason }) {
  const forfeited = BigInt(forfeitedNgonka);
  const gross = BigInt(earningsNgonka) + forfeited;
  const unclaimedPart = gross < 0n ? 0n : min(BigInt(unclaimedNgonka), gross);
  const kind = state === 'provisional' && reason === 'unclaimed' ? 'settled' : state ?? 'none';
  return [[kind, gross - unclaimedPart], ['unclaimed', unclaimedPart], ['forfeited', -forfeited]]
    .filter(([, ngonka]) => ngonka !== 0n)
    .map(([name, ngonka]) => ({ kind: name, value: drawable(fromNgonka(ngonka.toString())) }));
}

const min = (one, other) => (one < other ? one : other);
