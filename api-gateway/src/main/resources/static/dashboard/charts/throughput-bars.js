// The bars of jobs over time: how those of a bucket ended, and a line for how many were accepted in it.

import { locale, t } from '../texts.js';
import { bucketOfJobs, bucketOfJobsInFull, duration } from '../times.js';

const AXIS = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
/** Failed jobs at the bottom, where their number is read best. */
export const ENDS = ['failed', 'canceled', 'succeeded'];
const COUNTS = ['accepted', 'succeeded', 'failed', 'canceled'];
/** So that the axis has whole numbers. */
const LEAST_TOP = 4;
const drawn = new WeakMap();

/** The chart of a response. The same response gives the same object, so that it is drawn once. */
export function throughputBars(series) {
  if (!drawn.has(series)) {
    drawn.set(series, {
      bars: series.items.map((item) => bar(item, series.interval)), top: LEAST_TOP,
      format: (value) => (Number.isInteger(value) ? AXIS.format(value) : ''),
    });
  }
  return drawn.get(series);
}

export const countsOf = (item) => COUNTS.map((name) => [name, item[name]]);

function bar(item, interval) {
  return {
    axis: bucketOfJobs(item.from, interval),
    state: 'jobs',
    parts: ENDS.map((kind) => ({ kind, value: item[kind] })),
    level: item.accepted,
    partial: !item.complete,
    lines: [
      bucketOfJobsInFull(item.from, item.to, interval),
      ...countsOf(item).map(([name, count]) => t(`jobs.count.${name}`, { n: count.toLocaleString(locale) })),
      ...(item.runMs === null ? [] : [t('jobs.averageRun', { time: duration(item.runMs) })]),
      ...(item.complete ? [] : [t('jobs.bucketOpen')]),
    ],
  };
}
