// Amounts come as decimal strings and stay strings or whole numbers of any size: a floating point number would show an
// amount that nobody earned.

const DECIMALS = 8;

/** All that was said, with the thousands set apart: 1,234.56780000 */
export function exact(amount) {
  const [whole, fraction] = digits(amount);
  return sign(amount) + grouped(whole) + (fraction ? '.' + fraction : '');
}

/** To two decimals, half away from zero; what would be lost that way is shown whole. */
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

/** Only for what is drawn: the length of a bar, never a figure. */
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
