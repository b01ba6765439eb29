// Amounts are decimal strings and stay strings or BigInts: a floating point number would change the amount.

import { locale } from './texts.js';

const DECIMALS = 9;
const SEPARATORS = Object.fromEntries(new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1_234_567.5)
  .map(({ type, value }) => [type, value]));

/** All digits, with thousands separators: 1,234.567800000 */
export function exact(amount) {
  const [whole, fraction] = digits(amount);
  return sign(amount) + grouped(whole) + (fraction ? SEPARATORS.decimal + fraction : '');
}

/** Rounded to two decimals, half away from zero. An amount that would become zero is shown as <0.01. */
export function rounded(amount) {
  return roundedParts(amount).join('');
}

/** The rounded amount in two parts, the second beginning with the decimal point, so that columns align at it. */
export function roundedParts(amount) {
  const scaled = BigInt(digits(amount)[0] + digits(amount)[1].padEnd(DECIMALS, '0'));
  const step = 10n ** BigInt(DECIMALS - 2);
  const cents = (scaled + step / 2n) / step;
  if (cents === 0n && scaled !== 0n) {
    return [amount.startsWith('-') ? '>−0' : '<0', `${SEPARATORS.decimal}01`];
  }
  const text = cents.toString().padStart(3, '0');
  return [(cents === 0n ? '' : sign(amount)) + grouped(text.slice(0, -2)), SEPARATORS.decimal + text.slice(-2)];
}

/** The amount in GNK, with all nine decimals. */
export function fromNgonka(ngonka) {
  const text = ngonka.replace('-', '').padStart(DECIMALS + 1, '0');
  return `${ngonka.startsWith('-') ? '-' : ''}${text.slice(0, -DECIMALS)}.${text.slice(-DECIMALS)}`;
}

/** The sum of amounts in ngonka, without the unknown ones. */
export function sumOfNgonka(amounts) {
  return amounts.reduce((sum, one) => sum + BigInt(one ?? 0), 0n).toString();
}

/** For the length of a bar only, never for text. */
export function drawable(amount) {
  return Number(amount);
}

function digits(amount) {
  const [whole, fraction = ''] = amount.replace('-', '').split('.');
  return [whole, fraction];
}

function sign(amount) {
  return amount.startsWith('-') ? '−' : '';
}

function grouped(whole) {
  return whole.replace(/\B(?=(\d{3})+$)/g, SEPARATORS.group);
}
