// Calls every operation of the running gateway by the generated client. Usage: node client.test.js URL
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  type ApiResponse,
  Configuration,
  EarningsApi,
  EpochListToJSON,
  EpochToJSON,
  EpochsApi,
  JobMetricsToJSON,
  JobPageToJSON,
  JobSeriesToJSON,
  JobToJSON,
  JobsApi,
  NetworkApi,
  NetworkEarningsToJSON,
  NetworkHistoryToJSON,
  NetworkToJSON,
  NodeDetailsToJSON,
  NodeEarningsToJSON,
  NodeEpochListToJSON,
  NodeHealthToJSON,
  NodeHistoryToJSON,
  NodeListToJSON,
  NodesApi,
  ResponseError,
  StageSummaryToJSON,
  TrackerListToJSON,
} from '../../../target/typescript/client';

const [url, identifier, silent, job] = process.argv.slice(2);
const configuration = new Configuration({ basePath: url });
const nodes = new NodesApi(configuration);
const earnings = new EarningsApi(configuration);
const epochs = new EpochsApi(configuration);
const network = new NetworkApi(configuration);
const jobs = new JobsApi(configuration);

/** One call of each operation, and how the client writes its response. */
const calls: Record<string, [() => Promise<ApiResponse<unknown>>, (response: any) => unknown]> = {
  listNodes: [() => nodes.listNodesRaw({ limit: 20 }), NodeListToJSON],
  getNode: [() => nodes.getNodeRaw({ identifier }), NodeDetailsToJSON],
  getNodeEarnings: [() => nodes.getNodeEarningsRaw({ identifier, interval: 'week', fill: true }), NodeEarningsToJSON],
  listNodeEpochs: [() => nodes.listNodeEpochsRaw({ identifier, limit: 3 }), NodeEpochListToJSON],
  getNodeHistory: [() => nodes.getNodeHistoryRaw({ identifier, metric: 'inferences' }), NodeHistoryToJSON],
  getNodeHealth: [() => nodes.getNodeHealthRaw({ identifier }), NodeHealthToJSON],
  getEarnings: [() => earnings.getEarningsRaw({ interval: 'month' }), NetworkEarningsToJSON],
  listEpochs: [() => epochs.listEpochsRaw({ from: '197' }), EpochListToJSON],
  getEpoch: [() => epochs.getEpochRaw({ epoch: 199 }), EpochToJSON],
  getNetwork: [() => network.getNetworkRaw({}), NetworkToJSON],
  getNetworkHistory: [() => network.getNetworkHistoryRaw({ metric: 'participants' }), NetworkHistoryToJSON],
  listTrackers: [() => network.listTrackersRaw({}), TrackerListToJSON],
  listJobs: [() => jobs.listJobsRaw({ bot: 'nightly-backup', limit: 2 }), JobPageToJSON],
  getJob: [() => jobs.getJobRaw({ id: job }), JobToJSON],
  getJobMetrics: [() => jobs.getJobMetricsRaw({}), JobMetricsToJSON],
  getStageSummary: [() => jobs.getStageSummaryRaw({}), StageSummaryToJSON],
  getJobSeries: [() => jobs.getJobSeriesRaw({ interval: 'day' }), JobSeriesToJSON],
};

/** JSON in which equal times are equal texts: the client reads them as dates. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(part) ? new Date(part).getTime() : part);
}

async function main(): Promise<void> {
  const document = JSON.parse(readFileSync('target/openapi.json', 'utf8'));
  const documented = Object.values<any>(document.paths)
    .map(({ get }) => get)
    .filter((operation) => operation.responses['200'].content['application/json'])
    .map(({ operationId }) => operationId);
  assert.deepEqual(Object.keys(calls).sort(), documented.sort());

  for (const [name, [send, write]] of Object.entries(calls)) {
    const response = await send();
    const body = await response.raw.clone().json();
    assert.deepEqual(comparable(write(await response.value())), comparable(body), name);
  }
  assert.equal((await nodes.getNode({ identifier: silent })).stats, null);
  await assert.rejects(
    nodes.getNode({ identifier: 'gonka1nobody' }),
    (error: unknown) => error instanceof ResponseError && error.response.status === 404,
  );
  console.log(`${documented.length} operations equal`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
