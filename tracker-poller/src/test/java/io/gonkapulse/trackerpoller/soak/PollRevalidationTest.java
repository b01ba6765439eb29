package io.gonkapulse.trackerpoller.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.LoopbackExchange;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a proxy that sends validators, the large response is transferred once until it changes. */
class PollRevalidationTest {

    private static final Duration WITHIN_CACHE_TIME = Duration.ofMillis(1);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(12), clock);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> notModifiedPaths = new CopyOnWriteArrayList<>();
    private final StubTrackerServer proxy = StubTrackerServer.respondingWith(this::forward);
    private volatile String targetUrl = "";

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void republishesUnchangedTrackerResponse() {
        try (SimulatedEndpoint endpoint = network.openTracker()) {
            pollTwice(endpoint, new GonkaTrackerType());
            assertThat(notModifiedPaths).containsExactly("/api/v1/inference/current");
        }
    }

    @Test
    void revalidatesActiveSetOfChainNode() {
        try (SimulatedEndpoint endpoint = network.openNode()) {
            pollTwice(endpoint, new GonkaNodeType());
            assertThat(notModifiedPaths).containsExactly("/v1/epochs/current/participants");
        }
    }

    private void pollTwice(SimulatedEndpoint endpoint, TrackerType type) {
        targetUrl = endpoint.url();
        try (TrackerDriver tracker = new TrackerDriver(type, clock, List.of(proxy.url()))) {
            Poll first = tracker.pollCurrentEpoch();
            List<Snapshot> published = tracker.publisher.drainSnapshots();
            assertThat(notModifiedPaths).isEmpty();
            clock.advance(WITHIN_CACHE_TIME);

            Poll second = tracker.pollCurrentEpoch();
            assertThat(List.of(first.outcome(), second.outcome())).containsOnly(Outcome.OK);
            assertThat(second.counts()).isEqualTo(first.counts());
            List<Snapshot> again = tracker.publisher.drainSnapshots();
            assertThat(again)
                    .extracting(Snapshot::node)
                    .isEqualTo(published.stream().map(Snapshot::node).toList());
            assertThat(again).allMatch(snapshot -> snapshot.origin().fetchedAt().equals(clock.instant()));
        }
    }

    private void forward(RequestHead received, LoopbackExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(targetUrl + received.target()));
        received.header("x-cosmos-block-height").ifPresent(block -> request.header("X-Cosmos-Block-Height", block));
        HttpResponse<byte[]> response = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .join();
        String tag = "\"" + Arrays.hashCode(response.body()) + "\"";
        Map<String, String> headers = Map.of("ETag", tag, "Content-Type", "application/json");
        boolean same = received.header("if-none-match").filter(tag::equals).isPresent();
        if (same) {
            notModifiedPaths.add(received.path());
        }
        StubTrackerServer.bodyResponse(
                        same ? 304 : response.statusCode(), headers, same ? new byte[0] : response.body())
                .handle(received, exchange);
    }
}
