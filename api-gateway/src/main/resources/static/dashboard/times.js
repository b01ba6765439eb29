// Times are shown in the viewer's zone with UTC as tooltip; days and weeks of earnings are UTC days and marked so.

import { locale, t } from './texts.js';

const format = (options) => new Intl.DateTimeFormat(locale, options);
const LOCAL_MOMENT = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const LOCAL_FULL = format({
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
});
const LOCAL_EXACT = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const LOCAL_CLOCK = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const LOCAL_HOUR = format({ hour: '2-digit', minute: '2-digit' });
const LOCAL_WEEKDAY = format({ weekday: 'short', day: 'numeric', month: 'short' });
const UTC_DAY = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const UTC_FULL_DAY = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const UTC_MONTH = format({ month: 'short', year: 'numeric', timeZone: 'UTC' });
const LOCAL_DAY = format({ day: 'numeric', month: 'short' });
const LOCAL_MONTH = format({ month: 'short', year: 'numeric' });
const LOCAL_FULL_DAY = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const TENTHS = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const DAY_MS = 86_400_000;

/** The viewer's time zone. */
export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const localMoment = (instant) => LOCAL_MOMENT.format(new Date(instant));
export const localExact = (instant) => LOCAL_EXACT.format(new Date(instant));
export const localClock = (instant) => LOCAL_CLOCK.format(new Date(instant));
export const localHour = (instant) => LOCAL_HOUR.format(new Date(instant));
export const localWeekday = (instant) => LOCAL_WEEKDAY.format(new Date(instant));

/** 2026-03-10 11:59:18 UTC */
export function utc(instant) {
  return new Date(instant).toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
}

/** Local time and UTC, for tooltips. */
export function bothZones(instant) {
  return `${utc(instant)}\n${LOCAL_FULL.format(new Date(instant))}`;
}

/** A duration in its two largest units: 3 h 12 min. */
export function lasting(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return t('unit.seconds', { n: whole });
  }
  if (whole < 3_600) {
    return withRest(whole, 60, 'unit.minutes', 1, 'unit.seconds', whole < 600);
  }
  return whole < 86_400
    ? withRest(whole, 3_600, 'unit.hours', 60, 'unit.minutes', true)
    : withRest(whole, 86_400, 'unit.days', 3_600, 'unit.hours', true);
}

/** A measured duration: 640 ms, 2.1 s, or as above. */
export function duration(milliseconds) {
  if (milliseconds < 1_000) {
    return t('unit.milliseconds', { n: Math.round(milliseconds) });
  }
  return milliseconds < 10_000
    ? t('unit.seconds', { n: TENTHS.format(Math.floor(milliseconds / 100) / 10) })
    : lasting(milliseconds / 1_000);
}

/** A duration in its largest unit, rounded down: 21 h. */
export function roughly(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [key, unit] = [['unit.days', 172_800, 86_400], ['unit.hours', 3_600, 3_600], ['unit.minutes', 60, 60], ['unit.seconds', 0, 1]]
    .filter(([, least]) => whole >= least).map(([name, , size]) => [name, size])[0];
  return t(key, { n: Math.floor(whole / unit) });
}

function withRest(seconds, unit, key, restUnit, restKey, precise) {
  const rest = Math.floor((seconds % unit) / restUnit);
  const whole = t(key, { n: Math.floor(seconds / unit) });
  return precise && rest > 0 ? `${whole} ${t(restKey, { n: rest })}` : whole;
}

/** The remaining hours, minutes and seconds: 03:12:04. */
export function countdown(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return [whole / 3_600, (whole / 60) % 60, whole % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** The label of a bucket on an axis. */
export function bucketName(date, interval) {
  return interval === 'month' ? UTC_MONTH.format(utcDay(date)) : UTC_DAY.format(utcDay(date));
}

/** The full label of a bucket. */
export function bucketInFull(date, interval) {
  if (interval === 'month') {
    return UTC_MONTH.format(utcDay(date));
  }
  const day = UTC_FULL_DAY.format(utcDay(date));
  return interval === 'week' ? t('time.weekOf', { day }) : day;
}

/** The label of a bucket of jobs on an axis, in the viewer's zone. */
export function bucketOfJobs(from, interval) {
  const time = new Date(from);
  return { day: LOCAL_DAY, month: LOCAL_MONTH }[interval]?.format(time) ?? LOCAL_HOUR.format(time);
}

/** The full label of a bucket of jobs, in the viewer's zone. */
export function bucketOfJobsInFull(from, to, interval) {
  const time = new Date(from);
  return { day: LOCAL_FULL_DAY, month: LOCAL_MONTH }[interval]?.format(time) ?? `${LOCAL_MOMENT.format(time)} – ${LOCAL_HOUR.format(new Date(to))}`;
}

/** The UTC day this many days ago, in the format of the API. */
export function daysAgo(days, now = Date.now()) {
  return new Date(now - days * DAY_MS).toISOString().slice(0, 10);
}

export function utcDay(date) {
  return new Date(date + 'T00:00:00Z');
}

/** Tue 10 Mar 2026 */
export const dayInFull = (date) => UTC_FULL_DAY.format(utcDay(date));

export function daysBetween(first, last) {
  return Math.round((utcDay(last) - utcDay(first)) / DAY_MS);
}

/** The first day of the bucket of this day. */
export function firstDayOf(date, interval) {
  const first = utcDay(date);
  if (interval === 'week') {
    first.setUTCDate(first.getUTCDate() - ((first.getUTCDay() + 6) % 7));
  } else if (interval === 'month') {
    first.setUTCDate(1);
  }
  return first.toISOString().slice(0, 10);
}
