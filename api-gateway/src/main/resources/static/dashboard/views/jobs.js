// The jobs of bots and schedulers: filters, sums, throughput, bots, and the list.

import { h } from '../dom.js';
import { go, slip } from '../router.js';
import { t } from '../texts.js';
import { localZone } from '../times.js';
import { jobFilters, jobsChoice, jobsLink, rangeParameters } from './job-filters.js';
import { jobList } from './job-list.js';
import { botsPanel, jobSums, throughputPanel } from './job-metrics.js';

const ROUTE = '/api/v1/jobs';

export const jobs = {
  title: () => t('frame.jobs'),

  questions({ parameters }) {
    const chosen = jobsChoice(parameters);
    const range = rangeParameters(chosen);
    return {
      jobs: { url: `${ROUTE}?${listQuery(chosen, range)}`, everySeconds: chosen.cursor ? 60 : chosen.limit > 100 ? 15 : 5 },
      jobMetrics: { url: `${ROUTE}/metrics?${new URLSearchParams(range)}`, everySeconds: 10 },
      jobSeries: {
        url: `${ROUTE}/series?${new URLSearchParams({ interval: chosen.interval, tz: localZone, ...(chosen.bot ? { bot: chosen.bot } : {}), ...range })}`,
        everySeconds: 15,
      },
    };
  },

  content({ parameters }, feeds, retry) {
    const chosen = jobsChoice(parameters);
    const [list, metrics, series] = ['jobs', 'jobMetrics', 'jobSeries'].map((name) => feeds.get(name));
    const to = (changes) => jobsLink(chosen, changes);
    const bots = (metrics.answer?.body.items ?? []).map(({ botId }) => botId).filter((bot) => bot !== null);
    const creators = (list.answer?.body.items ?? []).map(({ createdBy }) => createdBy?.name).filter(Boolean);
    return [
      h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, t('frame.jobs')), h('p', { class: 'quiet' }, t('jobs.intro'))),
      jobFilters({ chosen, bots, creators, to, go, slip }),
      jobSums(metrics, chosen.bot),
      h('div', { class: 'node-panels is-jobs', key: 'panels' },
        throughputPanel({ feed: series, chosen, change: (changes) => slip(to(changes)), retry }),
        botsPanel({ feed: metrics, chosen, to, retry })),
      jobList({ feed: list, chosen, to, slip, retry }),
    ];
  },
};

function listQuery({ state, bot, createdBy, q, parent, limit, cursor }, range) {
  const query = new URLSearchParams({ ...range, limit });
  state.forEach((one) => query.append('state', one));
  Object.entries({ bot, createdBy, q, parent, cursor }).filter(([, value]) => value).forEach(([name, value]) => query.set(name, value));
  return query;
}
