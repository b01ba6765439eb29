// The watch list: the nodes that this browser watches, with their sums and the next deadline.

import { h } from '../dom.js';
import { go, link, slip } from '../router.js';
import { serverNow } from '../api.js';
import { isIdentifier, normal, problemOf } from '../address.js';
import { sumOfNgonka } from '../amounts.js';
import { showMessage } from '../message.js';
import { amountOf, badge, empty, shortened, statusOf, waiting, whole, wordFor } from '../parts.js';
import { plural, t } from '../texts.js';
import { roughly } from '../times.js';
import { isWatched, MOST_WATCHED, room, unwatch, watch, watchedAddresses } from '../watch-list.js';
import { bare, COLUMNS, nodeRows, sortIn } from './node-columns.js';
import { STATUSES } from './node-table.js';

const BATCH = 100;
/** This page has all nodes, so it can also sort by what the API cannot. */
const SORTS = {
  node: 'identifier', status: 'status', today: '-earningsDay', unclaimed: '-unclaimed', deadline: 'deadline', total: '-earningsTotal',
  weight: '-votingWeight', uptime: '-uptimePercent', seen: '-fetchedAt',
};
const VALUES = {
  identifier: ({ displayName, identifier }) => (displayName ?? identifier).toLowerCase(),
  status: ({ stats }) => STATUSES.length - STATUSES.indexOf(stats?.status ?? 'unknown'),
  earningsDay: ({ stats }) => BigInt(stats?.earningsDayNgonka ?? -1),
  unclaimed: ({ rewards }) => BigInt(rewards?.unclaimedNgonka ?? -1),
  deadline: ({ rewards }) => Date.parse(rewards?.claimBefore?.at ?? '9999-01-01'),
  earningsTotal: ({ stats }) => BigInt(stats?.earningsTotalNgonka ?? -1),
  votingWeight: ({ stats }) => stats?.votingWeight ?? -1,
  uptimePercent: ({ stats }) => stats?.uptimePercent ?? -1,
  fetchedAt: ({ stats }) => Date.parse(stats?.fetchedAt ?? 0),
};

let adding = false;

export const watchPage = {
  title: () => t('frame.watchList'),

  questions: ({ parameters }) => ({
    ...Object.fromEntries(batches(watchedAddresses().filter(isIdentifier)).map((batch, i) => [`watched ${i}`, lookUp(batch)])),
    ...Object.fromEntries(batches(offered(parameters).filter(isIdentifier)).map((batch, i) => [`offered ${i}`, lookUp(batch)])),
  }),

  content({ parameters }, feeds, retry) {
    const addresses = watchedAddresses();
    const given = offered(parameters);
    const sort = sortIn(parameters);
    const to = (changes) => link(['watch'], { add: parameters.get('add'), sort, ...changes });
    return [
      given.length === 0 ? null : offer(given, to, feeds, retry),
      addresses.length === 0 ? nothingWatched(to) : filled(addresses, sort, to, feeds, retry),
    ];
  },
};

const batches = (addresses) => Array.from({ length: Math.ceil(addresses.length / BATCH) }, (_, i) =>
  addresses.slice(i * BATCH, (i + 1) * BATCH));

const lookUp = (batch) => ({
  url: `/api/v1/nodes?${new URLSearchParams(batch.map((address) => ['identifier', address]))}`, everySeconds: 10,
});

/**
 * Any separator: lists are copied from mails and spreadsheets. One word more than a list can have shows that others were
 * cut off.
 */
const split = (text) => [...new Set(text.split(/[\s,;"'|]+/).map(normal).filter(Boolean))].slice(0, MOST_WATCHED + 1);

const offered = (parameters) => split(parameters.get('add') ?? '');

function filled(addresses, sort, to, feeds, retry) {
  const parts = batches(addresses.filter(isIdentifier)).map((_, i) => feeds.get(`watched ${i}`));
  const waits = parts.find(({ answer }) => !answer);
  const found = parts.flatMap(({ answer }) => (answer?.body.items ?? []).map((node) => ({ node, answer })));
  const missing = parts.flatMap(({ answer }) => [...(answer?.body.unknown ?? []), ...(answer?.body.invalid ?? [])]).filter(isWatched);
  const unknown = [...missing, ...addresses.filter((one) => !isIdentifier(one))];
  const nodes = found.map(({ node }) => node).filter(({ identifier }) => isWatched(identifier));
  const answers = new Map(found.map(({ node, answer }) => [node.identifier, answer]));
  return [
    waits ? null : sums(nodes, unknown.length),
    h('section', { class: 'panel is-dense', 'aria-label': t('frame.watchList'), key: 'list' },
      h('header', { class: 'panel-head' }, h('h1', { class: 'panel-title', tabindex: '-1' }, t('frame.watchList'), ' ',
        h('span', { class: 'count' }, whole(addresses.length))), tools()),
      adding ? addForm(to) : null,
      waits ? waiting(waits, t('table.nodes'), retry) : [
        nodes.length === 0 ? null : nodeRows({
          label: t('frame.watchList'), columns: columns(), nodes: sorted(nodes, sort), answerOf: ({ identifier }) => answers.get(identifier),
          chosenSort: sort, change: (next) => slip(to({ sort: next })),
        }),
        unknown.length === 0 ? null : unreported(unknown),
      ]),
  ];
}

const columns = () => COLUMNS.filter(({ name }) => name !== 'region').map((column) => ({ ...column, sort: SORTS[column.name] }));

/** In the order in which they were added, unless a column is chosen. */
function sorted(nodes, sort) {
  const value = VALUES[bare(sort ?? '')];
  if (!value) {
    const place = new Map(watchedAddresses().map((address, i) => [address, i]));
    return [...nodes].sort((one, other) => place.get(one.identifier.toLowerCase()) - place.get(other.identifier.toLowerCase()));
  }
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...nodes].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    return a < b ? -sign : a > b ? sign : 0;
  });
}

function sums(nodes, unknown) {
  const tile = (name, value, note) => h('div', { class: 'tile', key: name }, h('h2', { class: 'tile-name' }, t(name)),
    h('p', { class: 'tile-value' }, value), note ? h('p', { class: 'tile-note' }, note) : null);
  const gnk = (amounts) => [amountOf(sumOfNgonka(amounts)), h('span', { class: 'unit' }, ' GNK')];
  const next = nodes.map(({ rewards }) => rewards?.claimBefore).filter((one) => one?.at)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))[0];
  return h('section', { class: 'head is-sums', 'aria-label': t('watch.sums'), key: 'sums' },
    h('div', { class: 'tile is-states' }, h('h2', { class: 'tile-name' }, t('watch.health')), states(nodes, unknown)),
    tile('watch.today', gnk(nodes.map(({ stats }) => stats?.earningsDayNgonka))),
    tile('watch.unclaimed', gnk(nodes.map(({ rewards }) => rewards?.unclaimedNgonka)), next ? nextDeadline(next) : t('watch.noDeadline')),
    tile('watch.total', gnk(nodes.map(({ stats }) => stats?.earningsTotalNgonka))));
}

function nextDeadline(next) {
  const rest = (Date.parse(next.at) - serverNow()) / 1000;
  return h('span', { class: 'is-deadline' }, rest > 0
    ? t('watch.nextDeadline', { epoch: next.epoch, time: roughly(rest) }) : t('watch.deadlinePassed'));
}

function states(nodes, unknown) {
  const old = nodes.filter(({ stats }) => stats?.stale).length;
  const count = (status) => nodes.filter(({ stats }) => !stats?.stale && (stats?.status ?? 'unknown') === status).length;
  return h('ul', { class: 'legend' },
    STATUSES.map((status) => [status, count(status) + (status === 'unknown' ? unknown : 0)]).filter(([, number]) => number > 0)
      .map(([status, number]) => h('li', { key: status }, h('span', { class: `key is-${status}` }, wordFor(status), ' ', h('b', null, whole(number))))),
    old > 0 ? h('li', { key: 'old' }, h('span', { class: 'key is-last' }, t('status.stale'), ' ', h('b', null, whole(old)))) : null);
}

/** Addresses that no tracker has reported. */
function unreported(addresses) {
  return h('ul', { class: 'offered', 'aria-label': t('watch.unreported'), key: 'unreported' }, addresses.map((address) =>
    h('li', { key: address }, h('span', { class: 'address', title: address }, shortened(address)), badge('unknown'),
      h('span', { class: 'quiet' }, wrong(address) ?? t('address.unknown')),
      h('button', { type: 'button', class: 'button is-small', onclick: () => unwatch(address) }, t('watch.remove')))));
}

function tools() {
  return h('div', { class: 'tools' },
    h('button', { type: 'button', class: 'button', 'aria-expanded': String(adding), onclick: openForm }, t('watch.addMany')),
    h('button', { type: 'button', class: 'button', onclick: copyLink }, t('watch.copyLink')));
}

function openForm() {
  adding = !adding;
  slip(location.hash);
  document.querySelector('.add-form textarea')?.focus();
}

function addForm(to) {
  const submit = (event) => {
    event.preventDefault();
    const addresses = split(event.target.querySelector('textarea').value);
    if (addresses.length > 0) {
      adding = false;
      go(to({ add: addresses.join(',') }));
    }
  };
  return h('form', { class: 'add-form', key: 'form', onsubmit: submit },
    h('label', null, h('span', null, t('watch.paste')), h('textarea', { rows: '4', spellcheck: 'false', autocapitalize: 'off' })),
    h('button', { type: 'submit', class: 'button' }, t('watch.check')));
}

/** A link may come from anybody, so it adds nothing before the reader agrees. */
function offer(given, to, feeds, retry) {
  const parts = batches(given.filter(isIdentifier)).map((_, i) => feeds.get(`offered ${i}`));
  const waits = parts.find(({ answer, behind }) => !answer || behind);
  const all = (name) => parts.flatMap(({ answer }) => answer.body[name]);
  const malformed = given.filter((word) => !isIdentifier(word));
  const close = () => slip(to({ add: null }));
  return h('section', { class: 'panel offer', 'aria-label': t('watch.offer'), key: 'offer' },
    waits ? [waiting(waits, t('table.nodes'), retry), h('div', { class: 'tools' }, button('watch.close', close))]
      : offerOf(all('items'), all('unknown'), [...all('invalid'), ...malformed], given.length > MOST_WATCHED, close));
}

function offerOf(nodes, unknown, invalid, isCut, close) {
  const fresh = [...nodes.map(({ identifier }) => identifier), ...unknown].filter((address) => !isWatched(address));
  const added = fresh.slice(0, room());
  const accept = () => {
    const number = watch(added);
    close();
    showMessage(plural('watch.added', number));
  };
  return [
    h('h2', null, added.length > 0 ? plural('watch.offerCount', added.length) : t('watch.offerNone')),
    isCut || fresh.length > added.length ? h('p', { class: 'quiet' }, t('watch.full', { n: MOST_WATCHED })) : null,
    h('ul', { class: 'offered', 'aria-label': t('watch.offer') },
      nodes.map(({ identifier, displayName, stats }) => offeredLine(identifier, statusOf(stats),
        isWatched(identifier) ? t('watch.already') : displayName)),
      unknown.map((address) => offeredLine(address, badge('unknown'), t('address.unknown'))),
      invalid.map((address) => offeredLine(address, badge('refused', t('watch.malformed')), wrong(address)))),
    h('div', { class: 'tools' },
      added.length > 0 ? h('button', { type: 'button', class: 'button is-main', onclick: accept }, t('watch.accept')) : null,
      button(added.length > 0 ? 'watch.refuse' : 'watch.close', close)),
  ];
}

const button = (name, press) => h('button', { type: 'button', class: 'button', onclick: press }, t(name));

const offeredLine = (address, mark, note) => h('li', { key: address },
  h('span', { class: 'address', title: address }, shortened(address)), mark, h('span', { class: 'quiet' }, note));

function wrong(address) {
  const problem = problemOf(address);
  return problem ? t(`address.${problem.kind}`, problem) : null;
}

function nothingWatched(to) {
  return h('section', { class: 'panel', 'aria-label': t('frame.watchList'), key: 'empty' },
    h('header', { class: 'panel-head' }, h('h1', { class: 'panel-title', tabindex: '-1' }, t('frame.watchList'))),
    empty(t('watch.empty'), t('watch.emptyHint')), addForm(to));
}

async function copyLink() {
  const address = `${location.origin}${location.pathname}${link(['watch'], { add: watchedAddresses().join(',') })}`;
  try {
    // Browsers allow clipboard access to pages over TLS or from localhost only.
    await navigator.clipboard.writeText(address);
    showMessage(t('watch.linkCopied'));
  } catch {
    prompt(t('watch.copyByHand'), address);
  }
}
