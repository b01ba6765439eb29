// Seven days of health: one row for each day in the viewer's zone, one cell for each hour.

import { h } from '../dom.js';
import { wordFor } from '../parts.js';
import { locale, t } from '../texts.js';
import { localHour, localWeekday, utc } from '../times.js';

const HOUR_MS = 3_600_000;
const DAYS = 7;
const STATES = ['healthy', 'unhealthy', 'jailed'];

/** The start of the first of the seven days. */
export function timelineBegin(now) {
  const begin = new Date(now);
  begin.setHours(0, 0, 0, 0);
  begin.setDate(begin.getDate() - (DAYS - 1));
  return begin.getTime();
}

/** The days with their hours. A day of a clock change has one cell less or more. */
function days(hours, now) {
  const seen = new Map(hours.map((hour) => [Date.parse(hour.hour), hour]));
  const byDay = new Map();
  const end = timelineBegin(now + DAYS * 24 * HOUR_MS);
  for (let at = Math.ceil(timelineBegin(now) / HOUR_MS) * HOUR_MS; at < end; at += HOUR_MS) {
    const day = localWeekday(at);
    byDay.set(day, [...(byDay.get(day) ?? []), { at, minutes: seen.get(at), future: at > now }]);
  }
  return [...byDay];
}

export function timeline(hours, label, now = Date.now()) {
  return h('div', { class: 'timeline', role: 'img', 'aria-label': label },
    h('div', { class: 'timeline-day timeline-head' }, h('span', { class: 'timeline-name' }),
      h('div', { class: 'timeline-cells' }, ['00:00', '06:00', '12:00', '18:00'].map((hour) => h('span', { key: hour }, hour)))),
    days(hours, now).map(([day, cells]) => h('div', { class: 'timeline-day', key: day },
      h('span', { class: 'timeline-name' }, day),
      h('div', { class: 'timeline-cells' }, cells.map(cell)))));
}

function cell({ at, minutes, future }) {
  if (future) {
    return h('span', { class: 'cell is-future', key: at });
  }
  const parts = minutes ? STATES.map((state) => [state, minutes[`${state}Minutes`]]).filter(([, count]) => count > 0) : [];
  const words = parts.map(([state, count]) => `${t('unit.minutes', { n: count })} ${wordFor(state).toLocaleLowerCase(locale)}`);
  const summary = words.join(', ') || t('history.noReport');
  return h('span', { class: 'cell', key: at, title: `${localHour(at)} – ${localHour(at + HOUR_MS)}: ${summary}\n${utc(at)}` },
    parts.map(([state, count]) => h('i', { class: `is-${state}`, key: state, style: { 'flex-grow': String(count) } })));
}
