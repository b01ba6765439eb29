// Amounts are decimal strings and stay strings or BigInts: a floating point number would change the amount.

const DECIMALS = 8;

/** All digits, with thousands separators: 1,234.56780000 */
export function exact(amount) {
  const [whole, fraction] = digits(amount);
  return sign(amount) + grouped(whole) + (fraction ? '.' + fraction : '');
}

/** Rounds to two decimals, half away from zero; an amount that would become zero is shown exactly. */
export function rounded(amount) {
  const scaled = BigInt(digits(amount)[0] + digits(amount)[1].padEnd(DECIMALS, '0'));
  if (scaled === 0n) {
    return '0.00';
  }
  const step = 10n ** BigInt(DECIMALS - 2);
  const cents = (scaled + step / 2n) / step;
  if (cents === 0n) {
    return exact(amount);
  }
  const text = cents.toString().padStart(3, '0');
  return sign(amount) + grouped(text.slice(0, -2)) + '.' + text.slice(-2);
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
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}
