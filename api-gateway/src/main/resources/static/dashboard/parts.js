// Small things that every view is made of.

import { h } from './dom.js';
import { exact, rounded } from './amounts.js';
import { bothZones, lasting, localMoment } from './times.js';

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const NAMES = {
  healthy: 'Healthy', unhealthy: 'Unhealthy', jailed: 'Jailed', offline: 'Offline', unknown: 'Unknown',
  live: 'Live', syncing: 'Syncing', stale: 'Stale', provisional: 'Provisional', settled: 'Settled',
};

/** What stands where nobody knows. */
export const nothing = () => h('span', { class: 'nothing', title: 'Nobody knows' }, h('span', { 'aria-hidden': 'true' }, '–'),
  h('span', { class: 'spoken' }, 'unknown'));

export const orNothing = (value, shown) => (value === null || value === undefined ? nothing() : shown(value));

export const whole = (value) => orNothing(value, (known) => WHOLE.format(known));

export const decimal = (value) => orNothing(value, (known) => DECIMAL.format(known));

export const percent = (value) => orNothing(value, (known) => `${DECIMAL.format(known)} %`);

/** Short to read, whole when pointed at. */
export function amount(gnk, ngonka) {
  return orNothing(gnk, (known) => {
    const inNgonka = ngonka === undefined ? '' : `\n${exact(ngonka)} ngonka`;
    return h('span', { class: 'amount', title: `${exact(known)} GNK${inNgonka}` }, rounded(known));
  });
}

export const wordFor = (state) => NAMES[state] ?? state;

/** A state in a word, a colour and a shape. */
export function badge(state, word = wordFor(state)) {
  return h('span', { class: `badge is-${state}` }, word);
}

export function moment(instant) {
  return orNothing(instant, (known) => h('time', { datetime: known, title: bothZones(known) }, localMoment(known)));
}

/** How long ago something was that was so old when the answer came. */
export function age(instant, secondsThen, answer) {
  return orNothing(secondsThen, (known) =>
    h('time', { class: 'age', datetime: instant, title: bothZones(instant) }, lasting(secondsNow(known, answer))));
}

/** Ages count on from the moment of the answer, so that a wrong clock of the viewer does no harm. */
export function secondsNow(secondsThen, answer) {
  return secondsThen + (Date.now() - answer.receivedAt) / 1000;
}

/** gonka1qqqqqq…zzzzzz */
export function shortened(identifier) {
  return identifier.length > 22 ? `${identifier.slice(0, 12)}…${identifier.slice(-6)}` : identifier;
}

/** A row of choices of which one counts. */
export function choice(label, name, options, chosen, choose) {
  return h('fieldset', { class: 'choice' }, h('legend', { class: 'spoken' }, label),
    options.map(([value, text]) => h('label', { key: value },
      h('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => choose(value) }),
      h('span', null, text))));
}

export function panel(title, tools, ...content) {
  return h('section', { class: 'panel', 'aria-label': title },
    h('header', { class: 'panel-head' }, h('h2', null, title), tools ? h('div', { class: 'tools' }, tools) : null), content);
}

/** What stands in a view's place until it has something to show: that it loads, or why it cannot. */
export function waiting(feed, what, retry) {
  if (!feed.error) {
    return h('div', { class: 'placeholder', 'aria-busy': 'true' }, h('span', { class: 'spinner' }), `Loading ${what}…`);
  }
  return h('div', { class: 'placeholder is-error', role: 'alert' },
    h('strong', null, feed.error.status === 404 ? 'Not found' : `No ${what} to show`),
    h('p', null, feed.error.message + '.'),
    feed.error.problem?.id ? h('p', { class: 'quiet' }, `The log knows it as ${feed.error.problem.id}.`) : null,
    feed.error.passing ? h('button', { type: 'button', class: 'button', onclick: retry }, 'Try now') : null);
}

export function empty(title, hint) {
  return h('div', { class: 'placeholder' }, h('strong', null, title), hint ? h('p', null, hint) : null);
}
