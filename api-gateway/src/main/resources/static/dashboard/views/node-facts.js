// What trackers report about a node. Facts that no tracker of this node reports take no place.

import { h } from '../dom.js';
import { age, decimal, moment, nothing, orNothing, panel, percent, statusOf, whole } from '../parts.js';
import { locale, t } from '../texts.js';
import { uptimeOfSeen } from './node-health.js';

const SHARE = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });

export function nodeFacts(body, answer) {
  const stats = body.stats ?? {};
  const groups = stats.status === 'inactive'
    ? [group('state', [fact('status', statusOf(stats)), fact('lastActiveEpoch', whole(stats.lastActiveEpoch))]),
      group('hardware', [optional('gpuType', body.gpuType, String), optional('region', body.region, String)])]
    : [state(stats), work(stats), hardware(body, stats), reports(body, stats, answer)];
  return panel(t('facts.title'), null, h('div', { class: 'fact-groups' }, groups));
}

function state(stats) {
  return group('state', [
    fact('status', statusOf(stats)),
    optional('jailedUntil', stats.jailedUntil, moment),
    fact('participantStatus', text(stats.participantStatus)),
    fact('votingWeight', whole(stats.votingWeight)),
    fact('weightShare', orNothing(stats.weightShare, (known) => t('unit.percent', { n: SHARE.format(known * 100) }))),
    fact('rank', orNothing(stats.rank, (known) => t('facts.rankNumber', { rank: known.toLocaleString(locale) }))),
  ]);
}

function work(stats) {
  return group('work', [
    fact('uptime', uptimeOfSeen({ uptimePercent: stats.uptimePercent ?? null, uptimeSeenMinutes: stats.uptimeSeenMinutes ?? null })),
    fact('missedRate', rate(stats.missedRate)),
    fact('invalidatedRate', rate(stats.invalidatedRate)),
    fact('jobsDay', whole(stats.jobsDay)),
    optional('tokensPerSec', stats.tokensPerSec, decimal),
  ]);
}

function hardware(body, stats) {
  const models = stats.models?.length > 0 ? stats.models : stats.activeModel ? [stats.activeModel] : [];
  return group('hardware', [
    fact('gpuCount', whole(stats.gpuCount)),
    fact('gpuType', text(body.gpuType)),
    optional('region', body.region, String),
    fact('models', models.length === 0 ? nothing() : h('ul', null, models.map((model) => h('li', { key: model }, model)))),
  ]);
}

function reports(body, stats, answer) {
  const sources = stats.sources?.length > 0 ? stats.sources.join(', ') : stats.source;
  return group('reports', [
    fact('tracker', text(sources)),
    fact('fetchedAt', stats.fetchedAt ? [moment(stats.fetchedAt), ' (', age(stats.fetchedAt, stats.ageSeconds, answer), ')'] : nothing()),
    fact('identifierType', text(body.identifierType?.replace('_', ' '))),
  ]);
}

function group(name, facts) {
  return h('div', { class: 'fact-group', key: name }, h('h3', null, t(`facts.${name}`)), h('dl', null, facts));
}

const fact = (name, value) => h('div', { key: name }, h('dt', null, t(`facts.${name}`)), h('dd', null, value));

const optional = (name, value, shown) => (value === null || value === undefined ? null : fact(name, shown(value)));

const text = (value) => orNothing(value, String);

const rate = (value) => percent(value === null || value === undefined ? null : value * 100);
