// One node: what it earned, what waits to be claimed, its health, its facts and its epochs.

import { h } from '../dom.js';
import { link, slip } from '../router.js';
import { saveCsv } from '../csv.js';
import { showMessage } from '../message.js';
import { serverNow } from '../api.js';
import { exact, rounded } from '../amounts.js';
import { age, amount, moment, shortened, statusOf, waiting } from '../parts.js';
import { sentence, t } from '../texts.js';
import { bothZones, roughly } from '../times.js';
import { watchButton } from './node-columns.js';
import { comparison, comparisonQuestions } from './compare.js';
import { earningsChoice, earningsPanel, earningsParameters, earningsQuestion } from './earnings-panel.js';
import { historyChoice, historyPanel, historyQuestion } from './history-panel.js';
import { epochHours, newestEpochsQuestion, nodeEpochs, olderEpochsQuestion } from './node-epochs.js';
import { nodeFacts } from './node-facts.js';
import { healthPanel, healthQuestion } from './node-health.js';

const path = (identifier) => `/api/v1/nodes/${encodeURIComponent(identifier)}`;

export const node = {
  title: ({ path: [, identifier] }) => shortened(identifier),

  questions({ path: [, identifier], parameters }, feeds) {
    const chosen = earningsChoice(parameters);
    const cursor = parameters.get('epochs');
    return {
      [`node ${identifier}`]: { url: path(identifier), everySeconds: 10 },
      [`earnings ${identifier}`]: earningsQuestion(`${path(identifier)}/earnings`, chosen),
      [`health ${identifier}`]: healthQuestion(path(identifier)),
      [`epochs ${identifier}`]: newestEpochsQuestion(path(identifier)),
      ...(cursor ? { [`older ${identifier}`]: olderEpochsQuestion(path(identifier), cursor) } : {}),
      [`history ${identifier}`]: historyQuestion(path(identifier), chosen, historyChoice(parameters)),
      ...comparisonQuestions(identifier, path(identifier), feeds.get(`epochs ${identifier}`)),
    };
  },

  content({ path: [, identifier], parameters }, feeds, retry) {
    const feed = feeds.get(`node ${identifier}`);
    if (!feed.answer) {
      return [heading(shortened(identifier), null), waiting(feed, t('node.what'), retry)];
    }
    const { body } = feed.answer;
    const chosen = earningsChoice(parameters);
    const metric = parameters.get('metric');
    const epochs = feeds.get(`epochs ${identifier}`);
    const cursor = parameters.get('epochs');
    const change = (changes) => slip(link(['nodes', identifier], { ...earningsParameters(parameters), metric, epochs: cursor, ...changes }));
    return [
      heading(body.displayName ?? shortened(body.identifier), body, feed.answer),
      claimNotice(body.earnings),
      amounts(body.earnings),
      comparison(identifier, feeds),
      h('div', { class: 'node-panels' },
        earningsPanel({
          title: t('earnings.title'), feed: feeds.get(`earnings ${identifier}`), chosen,
          change: (changes) => change({ interval: null, range: null, from: null, to: null, ...changes }),
          save: (url) => saveCsv(url, `${identifier}-earnings.csv`), retry, epochHours: epochHours(epochs),
        }),
        healthPanel(feeds.get(`health ${identifier}`), retry, (url) => saveCsv(url, `${identifier}-health.csv`)),
        historyPanel(feeds.get(`history ${identifier}`), chosen, historyChoice(parameters), (name) => change({ metric: name }), retry),
        nodeFacts(body, feed.answer)),
      nodeEpochs({
        feed: cursor ? feeds.get(`older ${identifier}`) : epochs, running: feeds.get('network').answer?.body.epoch, cursor, retry,
        to: (epochsCursor) => link(['nodes', identifier], { ...earningsParameters(parameters), metric, epochs: epochsCursor }),
        save: () => saveCsv(`${path(identifier)}/epochs?limit=500`, `${identifier}-epochs.csv`),
      }),
    ];
  },
};

function heading(name, body, answer) {
  const stats = body?.stats;
  return h('header', { class: 'page-head' },
    h('p', { class: 'crumbs' }, h('a', { href: link([]) }, t('node.all'))),
    h('h1', { tabindex: '-1' }, body ? watchButton(body.identifier, body.displayName) : null, name, body ? [' ', statusOf(stats)] : null),
    body ? h('p', { class: 'address' }, body.identifier, ' ', copyButton(body.identifier)) : null,
    stats ? h('p', { class: 'quiet' }, stats.status === 'inactive' ? inactive(stats) : reported(stats, answer)) : null);
}

function reported({ source, sources, fetchedAt, ageSeconds, jailedUntil }, answer) {
  return [
    sentence('node.reported', { source: source ?? (sources ?? []).join(', '), age: age(fetchedAt, ageSeconds, answer) }),
    jailedUntil ? [' · ', sentence('node.jailedUntil', { time: moment(jailedUntil) })] : null,
  ];
}

function inactive({ lastActiveEpoch }) {
  return lastActiveEpoch === null ? t('node.inactive') : t('node.inactiveSince', { epoch: lastActiveEpoch });
}

function copyButton(text) {
  // Browsers allow clipboard access to pages over TLS or from localhost only.
  return navigator.clipboard
    ? h('button', { type: 'button', class: 'button is-small', onclick: () => copy(text) }, t('page.copy'))
    : null;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    showMessage(t('page.copied'));
  } catch {
    showMessage(t('page.copyRefused'));
  }
}

/** The money that will be lost, and until when it can be claimed. */
function claimNotice({ unclaimed, unclaimedNgonka, claimBefore }) {
  if (!unclaimedNgonka || unclaimedNgonka === '0') {
    return null;
  }
  const sum = h('strong', { title: `${exact(unclaimed)} GNK` }, rounded(unclaimed).replace(/\D00$/, ''));
  return h('p', { class: 'claim', role: 'status' }, claim(sum, claimBefore));
}

function claim(sum, claimBefore) {
  if (!claimBefore) {
    return sentence('claim.unknown', { amount: sum });
  }
  const { epoch, at } = claimBefore;
  const left = at ? (Date.parse(at) - serverNow()) / 1000 : null;
  if (left !== null && left <= 0) {
    return sentence('claim.passed', { amount: sum });
  }
  return left === null
    ? sentence('claim.noticeWithoutTime', { amount: sum, epoch })
    : sentence('claim.notice', { amount: sum, epoch, time: h('time', { datetime: at, title: bothZones(at) }, roughly(left)) });
}

function amounts({ today, last7Days, last30Days, total, totalNgonka, forfeited, forfeitedNgonka }) {
  const tile = (name, gnk, ngonka, note) => h('div', { class: 'tile', key: name }, h('h2', { class: 'tile-name' }, name),
    h('p', { class: 'tile-value' }, amount(gnk, ngonka), h('span', { class: 'unit' }, ' GNK')),
    h('p', { class: 'tile-note exact' }, gnk && exact(gnk).replace(/0+$/, '') !== rounded(gnk).replace(/0+$/, '') ? exact(gnk) : null),
    note ? h('p', { class: 'tile-note', key: 'note' }, note) : null);
  const lost = forfeitedNgonka && forfeitedNgonka !== '0'
    ? h('span', { title: `${exact(forfeited)} GNK` }, t('node.forfeited', { amount: rounded(forfeited) }))
    : null;
  return h('section', { class: 'head is-four', 'aria-label': t('node.amounts') },
    tile(t('node.today'), today), tile(t('node.days7'), last7Days), tile(t('node.days30'), last30Days),
    tile(t('node.total'), total, totalNgonka, lost));
}
