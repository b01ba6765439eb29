// Round numbers for an axis.

/** Evenly spaced round values from min to max, including zero. */
export function ticks(least, most, about = 4) {
  const low = Math.min(0, least);
  const high = Math.max(0, most);
  if (low === high) {
    return [0, 1];
  }
  const step = roundStep((high - low) / about);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].find((one) => one * power >= rough) * power;
}
