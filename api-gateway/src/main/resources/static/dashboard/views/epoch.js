// One epoch of the network: its sums, and the nodes with the largest rewards.

import { h } from '../dom.js';
import { link } from '../router.js';
import { amount, amountOf, badge, moment, nothing, panel, shortened, waiting, whole } from '../parts.js';
import { locale, plural, t } from '../texts.js';
import { lasting } from '../times.js';
import { block, cell, claimOf, columnHead, deadline, missedRate, unsettled } from './epoch-parts.js';

const SHARE = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

export const epoch = {
  title: ({ path: [, number] }) => t('epoch.title', { epoch: number }),

  questions: ({ path: [, number] }) => ({ [`epoch ${number}`]: { url: `/api/v1/epochs/${encodeURIComponent(number)}`, everySeconds: 30 } }),

  content({ path: [, number] }, feeds, retry) {
    const feed = feeds.get(`epoch ${number}`);
    const body = feed.answer?.body;
    return [
      h('header', { class: 'page-head' },
        h('p', { class: 'crumbs' }, h('a', { href: link(['epochs']) }, t('epochs.all'))),
        h('h1', { tabindex: '-1' }, t('epoch.title', { epoch: number }), body ? [' ', body.settledAt ? badge('settled') : unsettled(body)] : null),
        body ? neighbours(body) : null),
      ...(body ? [sums(body), facts(body), topNodes(body)] : [waiting(feed, t('epoch.what'), retry)]),
    ];
  },
};

function neighbours({ epoch: number, settledAt, participants }) {
  const isRunning = !settledAt && participants !== null;
  const to = (other, key) => h('a', { class: 'button is-small', key, href: link(['epochs', String(other)]) }, t(`epoch.${key}`, { epoch: other }));
  return h('p', { class: 'tools' }, number > 0 ? to(number - 1, 'before') : null, isRunning ? null : to(number + 1, 'after'));
}

function sums(body) {
  const { rewardedNgonka } = body;
  const share = (ngonka) => (rewardedNgonka && rewardedNgonka !== '0' && ngonka
    ? t('epoch.share', { percent: t('unit.percent', { n: SHARE.format(Number((BigInt(ngonka) * 100_000n) / BigInt(rewardedNgonka)) / 1_000) }) })
    : null);
  const tile = (name, value, ...notes) => h('div', { class: 'tile', key: name }, h('h2', { class: 'tile-name' }, t(`epochs.${name}`)),
    h('p', { class: 'tile-value' }, value, h('span', { class: 'unit' }, ' GNK')),
    notes.filter(Boolean).map((note, i) => h('p', { class: 'tile-note', key: i }, note)));
  return h('section', { class: 'head is-four', 'aria-label': t('epochs.rewards') },
    tile('rewarded', amount(body.rewardedGnk, rewardedNgonka), body.participants === null ? null : plural('epoch.nodes', body.participants)),
    tile('claimed', amountOf(body.claimedNgonka), share(body.claimedNgonka)),
    tile('unclaimed', amountOf(body.unclaimedNgonka), share(body.unclaimedNgonka),
      body.claimBefore && body.unclaimedNgonka !== '0' ? deadline(body.claimBefore) : null),
    tile('forfeited', amountOf(body.forfeitedNgonka), share(body.forfeitedNgonka)));
}

function facts(body) {
  const fact = (name, value) => h('div', { key: name }, h('dt', null, t(`epoch.${name}`)), h('dd', null, value));
  const length = body.start && body.end ? lasting((Date.parse(body.end) - Date.parse(body.start)) / 1000) : nothing();
  return panel(t('facts.title'), null, h('dl', { class: 'facts' },
    fact('start', moment(body.start)), fact('end', moment(body.end)), fact('length', length),
    fact('block', block(body.settlementBlock)),
    fact('median', [amountOf(body.medianRewardedNgonka), body.medianRewardedNgonka ? h('span', { class: 'unit' }, ' GNK') : null]),
    fact('earned', [amount(body.earnedGnk, body.earnedNgonka), body.earnedGnk ? h('span', { class: 'unit' }, ' GNK') : null]),
    fact('inferences', whole(body.inferences)), fact('missed', missedRate(body)), fact('validated', whole(body.validated)),
    fact('invalidated', whole(body.invalidated))));
}

function topNodes(body) {
  const title = t(body.settledAt ? 'epoch.topByReward' : 'epoch.topByWeight');
  return body.topNodes.length === 0 ? null : panel(title, null, h('div', { class: 'table-place' },
    h('table', { class: 'epochs top-nodes', role: 'table', 'aria-label': title },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columnHead('node', 'col-epoch'),
        columnHead('rank', 'number', null, t('epochs.rankHint')), columnHead('rewarded', 'number', 'GNK'),
        columnHead('claim', 'col-claim'), columnHead('weight', 'number'))),
      h('tbody', { role: 'rowgroup' }, body.topNodes.map((one) => h('tr', { role: 'row', key: one.identifier },
        h('th', { scope: 'row', role: 'rowheader', class: 'col-epoch' }, h('a', { href: link(['nodes', one.identifier]) },
          one.displayName ?? h('span', { class: 'address' }, shortened(one.identifier)))),
        cell('rank', 'number col-minor', whole(one.rank)),
        cell('rewarded', 'number col-main', amount(one.rewardedGnk, one.rewardedNgonka)),
        cell('claim', 'col-claim', claimOf({ ...one, settledAt: body.settledAt })),
        cell('weight', 'number', whole(one.weight))))))));
}
