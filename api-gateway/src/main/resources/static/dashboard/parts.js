// Components that all views share.

import { h } from './dom.js';
import { exact, rounded } from './amounts.js';
import { bothZones, lasting, localMoment } from './times.js';

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const NAMES = {
  healthy: 'Healthy', unhealthy: 'Unhealthy', jailed: 'Jailed', offline: 'Offline', unknown: 'Unknown',
  live: 'Live', syncing: 'Syncing', stale: 'Stale', provisional: 'Provisional', settled: 'Settled',
};

/** The placeholder of an unknown value. */
export const nothing = () => h('span', { class: 'nothing', title: 'Unknown' }, h('span', { 'aria-hidden': 'true' }, '–'),
  h('span', { class: 'spoken' }, 'unknown'));

export const orNothing = (value, shown) => (value === null || value === undefined ? nothing() : shown(value));

export const whole = (value) => orNothing(value, (known) => WHOLE.format(known));

export const decimal = (value) => orNothing(value, (known) => DECIMAL.format(known));

export const percent = (value) => orNothing(value, (known) => `${DECIMAL.format(known)} %`);

/** A shortened amount with the exact amount as tooltip. */
export function amount(gnk, ngonka) {
  return orNothing(gnk, (known) => {
    const inNgonka = ngonka === undefined ? '' : `\n${exact(ngonka)} ngonka`;
    return h('span', { class: 'amount', title: `${exact(known)} GNK${inNgonka}` }, rounded(known));
  });
}

export const wordFor = (state) => NAMES[state] ?? state;

/** A state as text, colour and shape. */
export function badge(state, word = wordFor(state)) {
  return h('span', { class: `badge is-${state}` }, word);
}

export function moment(instant) {
  return orNothing(instant, (known) => h('time', { datetime: known, title: bothZones(known) }, localMoment(known)));
}

/** The current age of something, from its age at the time of the response. */
export function age(instant, secondsThen, answer) {
  return orNothing(secondsThen, (known) =>
    h('time', { class: 'age', datetime: instant, title: bothZones(instant) }, lasting(secondsNow(known, answer))));
}

/** Ages are measured from the time of the response, so that a wrong clock of the viewer has no effect. */
export function secondsNow(secondsThen, answer) {
  return secondsThen + (Date.now() - answer.receivedAt) / 1000;
}

/** gonka1qqqqqq…zzzzzz */
export function shortened(identifier) {
  return identifier.length > 22 ? `${identifier.slice(0, 12)}…${identifier.slice(-6)}` : identifier;
}

/** A row of radio buttons. */
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

/** The placeholder of a view without data: loading, or the error. */
export function waiting(feed, what, retry) {
  if (!feed.error) {
    return h('div', { class: 'placeholder', 'aria-busy': 'true' }, h('span', { class: 'spinner' }), `Loading ${what}…`);
  }
  return h('div', { class: 'placeholder is-error', role: 'alert' },
    h('strong', null, feed.error.status === 404 ? 'Not found' : `No ${what} to show`),
    h('p', null, feed.error.message + '.'),
    feed.error.problem?.id ? h('p', { class: 'quiet' }, `Id in the log: ${feed.error.problem.id}.`) : null,
    feed.error.passing ? h('button', { type: 'button', class: 'button', onclick: retry }, 'Try now') : null);
}

export function empty(title, hint) {
  return h('div', { class: 'placeholder' }, h('strong', null, title), hint ? h('p', null, hint) : null);
}
