// Places of times on a line of limited width. Idle gaps are compressed, so that short bars between long pauses stay
// visible, and every bar has a minimum width.

export const LEAST_BAR = 5;

/** Parts of the width that all compressed gaps, and all minimum widths of busy blocks, may take together. */
const MOST_GAPS = 0.35;
/** One or two have room for their label on a phone, too. */
const MOST_FEW_GAPS = 0.48;
const MOST_MINIMA = 0.4;
/** Uncompressed gaps are at most this part of the busy time. */
const MOST_IDLE = 0.5;
/** A longer time in the queue is compressed, too; part of the busy time. */
const MOST_QUEUE = 0.5;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1_800e3,
  3_600e3, 7_200e3, 14_400e3, 21_600e3, 43_200e3, 86_400e3, 172_800e3, 604_800e3, 2_592_000e3];

/**
 * @param bars { from, to, kind } in milliseconds; kind queue may be compressed
 * @param end a time after the last bar, such as the end of the job
 * @param gapWidth the wanted width of a compressed gap
 * @returns {{x: function(number): number, gaps: object[], queue: object|undefined, pieces: object[]}} gaps and queue are
 *     those that are compressed, with x and width
 */
export function timeScale(bars, { end, width, gapWidth }) {
  const pieces = joinedPieces(bars, end);
  compress(pieces);
  const compressed = pieces.filter((piece) => piece.compressed);
  const each = compressed.length === 0 ? 0 : Math.min(gapWidth, ((compressed.length <= 2 ? MOST_FEW_GAPS : MOST_GAPS) * width) / compressed.length);
  const linear = pieces.filter((piece) => !piece.compressed);
  const blocks = linear.filter(({ kind }) => kind !== 'gap');
  const room = width - each * compressed.length;
  const least = blocks.length * LEAST_BAR <= MOST_MINIMA * room ? LEAST_BAR : 0;
  const spread = room - least * blocks.length;
  const duration = linear.reduce((sum, { from, to }) => sum + to - from, 0);
  let x = 0;
  for (const piece of pieces) {
    const share = duration > 0 ? (piece.to - piece.from) / duration : 1 / linear.length;
    piece.x = x;
    piece.width = piece.compressed ? each : (piece.kind === 'gap' ? 0 : least) + spread * share;
    x += piece.width;
  }
  return {
    x: (time) => place(pieces, time),
    gaps: compressed.filter(({ kind }) => kind === 'gap'),
    queue: compressed.find(({ kind }) => kind === 'queue'),
    pieces,
  };
}

/** A bar of at least the minimum width that ends within the width. */
export function barPlace({ from, to }, scale, width) {
  const start = scale.x(from);
  const length = Math.max(LEAST_BAR, scale.x(to) - start);
  return { x: Math.max(0, Math.min(start, width - length)), width: Math.min(length, width) };
}

/**
 * Round times that are at least this many pixels apart. After something compressed they begin anew.
 *
 * @returns {{x: number, offset: number, since: number}[]} since the begin of the scale, and since the last compression
 */
export function timeTicks(scale, apart) {
  const begin = scale.pieces[0]?.from ?? 0;
  const found = [];
  for (const run of linearRuns(scale.pieces)) {
    const rate = run.width / Math.max(1, run.to - run.from);
    const step = STEPS.find((one) => one * rate >= apart) ?? STEPS.at(-1);
    for (let since = 0; run.from + since <= run.to; since += step) {
      found.push({ offset: run.from + since - begin, since, x: scale.x(run.from + since) });
    }
  }
  return found.reduce((kept, tick) => (kept.length > 0 && tick.x - kept.at(-1).x < apart * 0.8 ? kept : [...kept, tick]), []);
}

/** Busy blocks with the gaps between them, in order. */
function joinedPieces(bars, end) {
  const sorted = [...bars].sort((one, other) => one.from - other.from);
  const pieces = [];
  for (const { from, to, kind } of sorted) {
    const last = pieces.at(-1);
    if (last && from <= last.to && (last.kind === 'queue') === (kind === 'queue') && last.kind !== 'gap') {
      last.to = Math.max(last.to, to);
    } else {
      if (last && from > last.to) {
        pieces.push({ kind: 'gap', from: last.to, to: from });
      }
      const begin = Math.max(from, last?.to ?? from);
      pieces.push({ kind: kind === 'queue' ? 'queue' : 'busy', from: begin, to: Math.max(begin, to) });
    }
  }
  if (pieces.length > 0 && end > pieces.at(-1).to) {
    pieces.push({ kind: 'gap', from: pieces.at(-1).to, to: end });
  }
  return pieces;
}

function compress(pieces) {
  const length = ({ from, to }) => to - from;
  const sum = (kind) => pieces.filter((piece) => piece.kind === kind).reduce((all, piece) => all + length(piece), 0);
  const busy = sum('busy');
  const hasBusy = pieces.some(({ kind }) => kind === 'busy');
  const gaps = pieces.filter(({ kind }) => kind === 'gap').sort((one, other) => length(other) - length(one));
  let idle = sum('gap');
  let threshold = Infinity;
  for (const gap of gaps) {
    if (idle <= MOST_IDLE * busy) {
      break;
    }
    threshold = length(gap);
    idle -= threshold;
  }
  for (const piece of pieces) {
    piece.compressed = (piece.kind === 'gap' && length(piece) >= threshold)
      || (piece.kind === 'queue' && hasBusy && length(piece) > MOST_QUEUE * (busy + idle));
  }
}

function linearRuns(pieces) {
  const runs = [];
  let open = null;
  for (const piece of pieces) {
    if (piece.compressed) {
      open = null;
    } else if (open) {
      open.to = piece.to;
      open.width += piece.width;
    } else {
      open = { from: piece.from, to: piece.to, width: piece.width };
      runs.push(open);
    }
  }
  return runs;
}

function place(pieces, time) {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle].from <= time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const piece = pieces[low];
  if (!piece) {
    return 0;
  }
  const part = piece.to > piece.from ? Math.min(1, Math.max(0, (time - piece.from) / (piece.to - piece.from))) : 0;
  return piece.x + part * piece.width;
}
