// The start page: the network, its nodes and its earnings.

import { h } from '../dom.js';
import { slip, link } from '../router.js';
import { saveCsv } from '../csv.js';
import { t } from '../texts.js';
import { earningsChoice, earningsPanel, earningsParameters, earningsQuestion } from './earnings-panel.js';
import { networkHead } from './head.js';
import { nodesQuestion, nodeTable, optionsQuestion, tableChoice } from './node-table.js';

export const overview = {
  title: () => t('frame.network'),

  questions: ({ parameters }) => ({
    nodes: nodesQuestion(tableChoice(parameters)),
    earnings: earningsQuestion('/api/v1/earnings', earningsChoice(parameters)),
    options: optionsQuestion,
  }),

  content({ parameters }, feeds, retry) {
    const table = tableChoice(parameters);
    const earned = earningsParameters(parameters);
    const change = (changes) => slip(link([], { ...Object.fromEntries(Object.keys(table).map((name) =>
      [name, parameters.getAll(name)])), ...changes }));
    const models = feeds.get('network').answer?.body.models ?? [];
    return [
      h('h1', { class: 'spoken', tabindex: '-1' }, t('overview.title')),
      networkHead(feeds.get('network'), retry),
      h('div', { class: 'columns' },
        nodeTable({ feed: feeds.get('nodes'), options: feeds.get('options'), models, chosen: table, others: earned, retry }),
        earningsPanel({
          title: t('overview.earnings'), feed: feeds.get('earnings'), chosen: earningsChoice(parameters), change,
          save: (url) => saveCsv(url, 'network-earnings.csv'), retry,
        })),
    ];
  },
};
