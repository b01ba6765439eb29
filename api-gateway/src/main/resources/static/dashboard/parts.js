// Components that all views share.

import { h } from './dom.js';
import { exact, fromNgonka, roundedParts } from './amounts.js';
import { locale, t } from './texts.js';
import { bothZones, lasting, localMoment } from './times.js';

const WHOLE = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const STATES = [
  'healthy', 'unhealthy', 'jailed', 'offline', 'inactive', 'unknown', 'live', 'syncing', 'stale', 'provisional', 'settled',
  'claimed', 'unclaimed', 'forfeited',
];

/** The placeholder of an unknown value. */
export const nothing = () => h('span', { class: 'nothing', title: t('page.unknownValue') }, h('span', { 'aria-hidden': 'true' }, '–'),
  h('span', { class: 'spoken' }, t('page.unknownValue')));

export const orNothing = (value, shown) => (value === null || value === undefined ? nothing() : shown(value));

export const whole = (value) => orNothing(value, (known) => WHOLE.format(known));

export const decimal = (value) => orNothing(value, (known) => DECIMAL.format(known));

export const percent = (value) => orNothing(value, (known) => t('unit.percent', { n: DECIMAL.format(known) }));

/** A shortened amount with the exact amount as tooltip. In a column, all decimal points are below each other. */
export function amount(gnk, ngonka) {
  return orNothing(gnk, (known) => {
    const inNgonka = ngonka === undefined || ngonka === null ? '' : `\n${exact(ngonka)} ngonka`;
    const [whole, fraction] = roundedParts(known);
    return h('span', { class: 'amount', title: `${exact(known)} GNK${inNgonka}` },
      h('span', { class: 'int' }, whole), h('span', { class: 'frac' }, fraction));
  });
}

/** An amount of which only the ngonka are known. */
export const amountOf = (ngonka) => (ngonka === null || ngonka === undefined ? nothing() : amount(fromNgonka(ngonka), ngonka));

export const wordFor = (state) => (STATES.includes(state) ? t(`status.${state}`) : state);

/** A state as text, colour and shape. */
export function badge(state, word = wordFor(state)) {
  return h('span', { class: `badge is-${state}` }, word);
}

/** The status of a node. Old data do not show how the node is now, so they have a grey badge of their own. */
export function statusOf(stats) {
  if (!stats) {
    return badge('unknown');
  }
  if (stats.status === 'inactive' && stats.lastActiveEpoch !== null) {
    return h('span', { class: 'badge is-inactive', title: t('status.since', { epoch: stats.lastActiveEpoch }) }, wordFor('inactive'));
  }
  return stats.stale && stats.status !== 'offline'
    ? h('span', { class: 'badge is-last', title: t('status.lastHint') }, t('status.last', { status: wordFor(stats.status).toLocaleLowerCase(locale) }))
    : badge(stats.status);
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
    return h('div', { class: 'placeholder', 'aria-busy': 'true' }, h('span', { class: 'spinner' }), t('page.loading', { what }));
  }
  return h('div', { class: 'placeholder is-error', role: 'alert' },
    h('strong', null, feed.error.status === 404 ? t('page.notFound') : t('page.noData', { what })),
    h('p', null, feed.error.message + '.'),
    feed.error.problem?.wellFormed ? h('p', null, t('page.wellFormed')) : null,
    feed.error.problem?.id ? h('p', { class: 'quiet' }, t('page.logId', { id: feed.error.problem.id })) : null,
    feed.error.passing ? h('button', { type: 'button', class: 'button', onclick: retry }, t('page.retry')) : null);
}

export function empty(title, hint) {
  return h('div', { class: 'placeholder' }, h('strong', null, title), hint ? h('p', null, hint) : null);
}
