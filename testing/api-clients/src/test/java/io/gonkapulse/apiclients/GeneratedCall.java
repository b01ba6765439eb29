package io.gonkapulse.apiclients;

import generated.pulse.ApiClient;
import generated.pulse.ApiException;
import generated.pulse.api.EarningsApi;
import generated.pulse.api.EarningsApi.APIGetEarningsRequest;
import generated.pulse.api.NetworkApi;
import generated.pulse.api.NetworkApi.APIGetNetworkRequest;
import generated.pulse.api.NetworkApi.APIListTrackersRequest;
import generated.pulse.api.NodesApi;
import generated.pulse.api.NodesApi.APIGetNodeEarningsRequest;
import generated.pulse.api.NodesApi.APIGetNodeHealthRequest;
import generated.pulse.api.NodesApi.APIGetNodeRequest;
import generated.pulse.api.NodesApi.APIListNodesRequest;

/** One call of each operation by the generated client, and the same request as a path. */
enum GeneratedCall {
    LIST_NODES(
            "listNodes",
            "/api/v1/nodes?limit=20",
            client -> new NodesApi(client)
                    .listNodes(APIListNodesRequest.newBuilder().limit(20).build())),
    GET_NODE(
            "getNode",
            "/api/v1/nodes/" + RunningGateway.NODE,
            client -> new NodesApi(client)
                    .getNode(APIGetNodeRequest.newBuilder()
                            .identifier(RunningGateway.NODE)
                            .build())),
    GET_NODE_EARNINGS(
            "getNodeEarnings",
            "/api/v1/nodes/" + RunningGateway.NODE + "/earnings?interval=week&fill=true",
            client -> new NodesApi(client)
                    .getNodeEarnings(APIGetNodeEarningsRequest.newBuilder()
                            .identifier(RunningGateway.NODE)
                            .interval("week")
                            .fill(true)
                            .build())),
    GET_NODE_HEALTH(
            "getNodeHealth",
            "/api/v1/nodes/" + RunningGateway.NODE + "/health",
            client -> new NodesApi(client)
                    .getNodeHealth(APIGetNodeHealthRequest.newBuilder()
                            .identifier(RunningGateway.NODE)
                            .build())),
    GET_EARNINGS(
            "getEarnings",
            "/api/v1/earnings?interval=month",
            client -> new EarningsApi(client)
                    .getEarnings(
                            APIGetEarningsRequest.newBuilder().interval("month").build())),
    GET_NETWORK(
            "getNetwork",
            "/api/v1/network",
            client -> new NetworkApi(client)
                    .getNetwork(APIGetNetworkRequest.newBuilder().build())),
    LIST_TRACKERS(
            "listTrackers",
            "/api/v1/trackers",
            client -> new NetworkApi(client)
                    .listTrackers(APIListTrackersRequest.newBuilder().build()));

    private final String operationId;
    private final String path;
    private final Sender sender;

    GeneratedCall(String operationId, String path, Sender sender) {
        this.operationId = operationId;
        this.path = path;
        this.sender = sender;
    }

    String path() {
        return path;
    }

    /** Returns the response as an object of the client. */
    Object send(ApiClient client) throws ApiException {
        return sender.send(client);
    }

    /** The name in the document. */
    String operationId() {
        return operationId;
    }

    private interface Sender {
        Object send(ApiClient client) throws ApiException;
    }
}
