package io.gonkapulse.apiclients;

import generated.pulse.ApiClient;
import generated.pulse.ApiException;
import generated.pulse.api.EarningsApi;
import generated.pulse.api.EarningsApi.APIGetEarningsRequest;
import generated.pulse.api.EpochsApi;
import generated.pulse.api.EpochsApi.APIGetEpochRequest;
import generated.pulse.api.EpochsApi.APIListEpochsRequest;
import generated.pulse.api.JobsApi;
import generated.pulse.api.JobsApi.APIGetJobMetricsRequest;
import generated.pulse.api.JobsApi.APIGetJobRequest;
import generated.pulse.api.JobsApi.APIGetJobSeriesRequest;
import generated.pulse.api.JobsApi.APIGetStageSummaryRequest;
import generated.pulse.api.JobsApi.APIListJobsRequest;
import generated.pulse.api.NetworkApi;
import generated.pulse.api.NetworkApi.APIGetNetworkHistoryRequest;
import generated.pulse.api.NetworkApi.APIGetNetworkRequest;
import generated.pulse.api.NetworkApi.APIListTrackersRequest;
import generated.pulse.api.NodesApi;
import generated.pulse.api.NodesApi.APIGetNodeEarningsRequest;
import generated.pulse.api.NodesApi.APIGetNodeHealthRequest;
import generated.pulse.api.NodesApi.APIGetNodeHistoryRequest;
import generated.pulse.api.NodesApi.APIGetNodeRequest;
import generated.pulse.api.NodesApi.APIListNodeEpochsRequest;
import generated.pulse.api.NodesApi.APIListNodesRequest;
import java.util.List;
import java.util.UUID;

/**
 * A call of an operation by the generated client.
 *
 * @param operationId the name in the document
 * @param path the same request without the client
 */
record GeneratedCall(String operationId, String path, Sender sender) {

    private static final String NODE = RunningGateway.NODE;
    private static final String NODE_PATH = "/api/v1/nodes/" + NODE;

    /** One call of each operation. */
    static final List<GeneratedCall> ALL = List.of(
            new GeneratedCall(
                    "listNodes",
                    "/api/v1/nodes?limit=20",
                    client -> new NodesApi(client)
                            .listNodes(
                                    APIListNodesRequest.newBuilder().limit(20).build())),
            new GeneratedCall(
                    "getNode",
                    NODE_PATH,
                    client -> new NodesApi(client)
                            .getNode(APIGetNodeRequest.newBuilder()
                                    .identifier(NODE)
                                    .build())),
            new GeneratedCall(
                    "getNodeEarnings",
                    NODE_PATH + "/earnings?interval=week&fill=true",
                    client -> new NodesApi(client)
                            .getNodeEarnings(APIGetNodeEarningsRequest.newBuilder()
                                    .identifier(NODE)
                                    .interval("week")
                                    .fill(true)
                                    .build())),
            new GeneratedCall(
                    "listNodeEpochs",
                    NODE_PATH + "/epochs?limit=3",
                    client -> new NodesApi(client)
                            .listNodeEpochs(APIListNodeEpochsRequest.newBuilder()
                                    .identifier(NODE)
                                    .limit(3)
                                    .build())),
            new GeneratedCall(
                    "getNodeHistory",
                    NODE_PATH + "/history?metric=inferences",
                    client -> new NodesApi(client)
                            .getNodeHistory(APIGetNodeHistoryRequest.newBuilder()
                                    .identifier(NODE)
                                    .metric("inferences")
                                    .build())),
            new GeneratedCall(
                    "getNodeHealth",
                    NODE_PATH + "/health",
                    client -> new NodesApi(client)
                            .getNodeHealth(APIGetNodeHealthRequest.newBuilder()
                                    .identifier(NODE)
                                    .build())),
            new GeneratedCall(
                    "getEarnings",
                    "/api/v1/earnings?interval=month",
                    client -> new EarningsApi(client)
                            .getEarnings(APIGetEarningsRequest.newBuilder()
                                    .interval("month")
                                    .build())),
            new GeneratedCall(
                    "listEpochs",
                    "/api/v1/epochs?from=197",
                    client -> new EpochsApi(client)
                            .listEpochs(APIListEpochsRequest.newBuilder()
                                    .from("197")
                                    .build())),
            new GeneratedCall(
                    "getEpoch",
                    "/api/v1/epochs/199",
                    client -> new EpochsApi(client)
                            .getEpoch(APIGetEpochRequest.newBuilder().epoch(199).build())),
            new GeneratedCall(
                    "getNetwork",
                    "/api/v1/network",
                    client -> new NetworkApi(client)
                            .getNetwork(APIGetNetworkRequest.newBuilder().build())),
            new GeneratedCall(
                    "getNetworkHistory",
                    "/api/v1/network/history?metric=participants",
                    client -> new NetworkApi(client)
                            .getNetworkHistory(APIGetNetworkHistoryRequest.newBuilder()
                                    .metric("participants")
                                    .build())),
            new GeneratedCall(
                    "listTrackers",
                    "/api/v1/trackers",
                    client -> new NetworkApi(client)
                            .listTrackers(APIListTrackersRequest.newBuilder().build())),
            new GeneratedCall(
                    "listJobs",
                    "/api/v1/jobs?bot=nightly-backup&limit=2",
                    client -> new JobsApi(client)
                            .listJobs(APIListJobsRequest.newBuilder()
                                    .bot("nightly-backup")
                                    .limit(2)
                                    .build())),
            new GeneratedCall(
                    "getJob",
                    "/api/v1/jobs/" + RunningGateway.JOB,
                    client -> new JobsApi(client)
                            .getJob(APIGetJobRequest.newBuilder()
                                    .id(UUID.fromString(RunningGateway.JOB))
                                    .build())),
            new GeneratedCall(
                    "getJobMetrics",
                    "/api/v1/jobs/metrics",
                    client -> new JobsApi(client)
                            .getJobMetrics(APIGetJobMetricsRequest.newBuilder().build())),
            new GeneratedCall(
                    "getStageSummary",
                    "/api/v1/jobs/stages/summary",
                    client -> new JobsApi(client)
                            .getStageSummary(
                                    APIGetStageSummaryRequest.newBuilder().build())),
            new GeneratedCall(
                    "getJobSeries",
                    "/api/v1/jobs/series?interval=day",
                    client -> new JobsApi(client)
                            .getJobSeries(APIGetJobSeriesRequest.newBuilder()
                                    .interval("day")
                                    .build())));

    static GeneratedCall of(String operationId) {
        return ALL.stream()
                .filter(call -> call.operationId.equals(operationId))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the response as an object of the client. */
    Object send(ApiClient client) throws ApiException {
        return sender.send(client);
    }

    @Override
    public String toString() {
        return operationId;
    }

    interface Sender {
        Object send(ApiClient client) throws ApiException;
    }
}
