package io.gonkapulse.workercore.consumer;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.LeastLoadedNode;
import org.apache.kafka.clients.RequestCompletionHandler;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;

/** Network client that passes fetch responses to a {@link FetchSizeLimiter} before the consumer sees them. */
final class SizeLimitedKafkaClient implements KafkaClient {

    private final KafkaClient client;
    private final FetchSizeLimiter limiter;

    SizeLimitedKafkaClient(KafkaClient client, FetchSizeLimiter limiter) {
        this.client = client;
        this.limiter = limiter;
    }

    @Override
    public ClientRequest newClientRequest(
            String node,
            AbstractRequest.Builder<?> request,
            long created,
            boolean expectResponse,
            int timeout,
            RequestCompletionHandler callback) {
        return client.newClientRequest(node, request, created, expectResponse, timeout, callback);
    }

    private void complete(ClientResponse response, RequestCompletionHandler callback) {
        if (response.responseBody() instanceof FetchResponse fetched) {
            limiter.onFetchResponse(fetched);
        }
        callback.onComplete(response);
    }

    @Override
    public ClientRequest newClientRequest(
            String node, AbstractRequest.Builder<?> request, long created, boolean expectResponse) {
        return client.newClientRequest(node, request, created, expectResponse);
    }

    @Override
    public boolean isReady(Node node, long now) {
        return client.isReady(node, now);
    }

    @Override
    public boolean ready(Node node, long now) {
        return client.ready(node, now);
    }

    @Override
    public long connectionDelay(Node node, long now) {
        return client.connectionDelay(node, now);
    }

    @Override
    public long pollDelayMs(Node node, long now) {
        return client.pollDelayMs(node, now);
    }

    @Override
    public boolean connectionFailed(Node node) {
        return client.connectionFailed(node);
    }

    @Override
    public AuthenticationException authenticationException(Node node) {
        return client.authenticationException(node);
    }

    /**
     * Wraps the callback only when a request is sent. An unsent request keeps its own callback,
     * which Kafka's consumer needs if sending fails.
     */
    @Override
    public void send(ClientRequest request, long now) {
        if (request.requestBuilder() instanceof FetchRequest.Builder fetch) {
            limiter.onFetchRequest(fetch);
            client.send(withInspection(request), now);
        } else {
            client.send(request, now);
        }
    }

    private ClientRequest withInspection(ClientRequest request) {
        return client.newClientRequest(
                request.destination(),
                request.requestBuilder(),
                request.createdTimeMs(),
                request.expectResponse(),
                request.requestTimeoutMs(),
                response -> complete(response, request.callback()));
    }

    @Override
    public List<ClientResponse> poll(long timeout, long now) {
        return client.poll(timeout, now);
    }

    @Override
    public void disconnect(String node) {
        client.disconnect(node);
    }

    @Override
    public void close(String node) {
        client.close(node);
    }

    @Override
    public LeastLoadedNode leastLoadedNode(long now) {
        return client.leastLoadedNode(now);
    }

    @Override
    public int inFlightRequestCount() {
        return client.inFlightRequestCount();
    }

    @Override
    public boolean hasInFlightRequests() {
        return client.hasInFlightRequests();
    }

    @Override
    public int inFlightRequestCount(String node) {
        return client.inFlightRequestCount(node);
    }

    @Override
    public boolean hasInFlightRequests(String node) {
        return client.hasInFlightRequests(node);
    }

    @Override
    public boolean hasReadyNodes(long now) {
        return client.hasReadyNodes(now);
    }

    @Override
    public void wakeup() {
        client.wakeup();
    }

    @Override
    public void initiateClose() {
        client.initiateClose();
    }

    @Override
    public boolean active() {
        return client.active();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
