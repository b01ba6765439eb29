package io.gonkapulse.trackerpoller.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Behind a front that sends validators, the large answer crosses the wire once for as long as it does not change. */
class RevalidatedPollTest {

    private static final Duration WITHIN_THE_CACHE = Duration.ofMillis(1);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(12), clock);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> unchanged = new CopyOnWriteArrayList<>();
    private final HttpServer front;
    private volatile String behind = "";

    RevalidatedPollTest() throws IOException {
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        front.createContext("/", this::pass);
        front.start();
    }

    @AfterEach
    void stop() {
        front.stop(0);
    }

    @Test
    void aTrackerIsPublishedAgainWithoutBeingSentAgain() {
        try (Face face = network.openTracker()) {
            pollTwice(face, new GonkaTracker());
            assertThat(unchanged).containsExactly("/api/v1/inference/current");
        }
    }

    @Test
    void theSetOfAChainNodeIsNotSentAgain() {
        try (Face face = network.openNode()) {
            pollTwice(face, new GonkaNode());
            assertThat(unchanged).containsExactly("/v1/epochs/current/participants");
        }
    }

    private void pollTwice(Face face, TrackerKind kind) {
        behind = face.url();
        String url = "http://127.0.0.1:" + front.getAddress().getPort();
        try (PolledTracker tracker = new PolledTracker(kind, clock, List.of(url))) {
            Poll first = tracker.pollCurrent();
            List<Snapshot> published = tracker.outlet.takeSnapshots();
            assertThat(unchanged).isEmpty();
            clock.advance(WITHIN_THE_CACHE);

            Poll second = tracker.pollCurrent();
            assertThat(List.of(first.outcome(), second.outcome())).containsOnly(Outcome.OK);
            assertThat(second.counts()).isEqualTo(first.counts());
            List<Snapshot> again = tracker.outlet.takeSnapshots();
            assertThat(again)
                    .extracting(Snapshot::node)
                    .isEqualTo(published.stream().map(Snapshot::node).toList());
            assertThat(again).allMatch(snapshot -> snapshot.origin().fetchedAt().equals(clock.instant()));
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()));
        List<String> height = exchange.getRequestHeaders().getOrDefault("X-Cosmos-Block-Height", List.of());
        height.forEach(block -> request.header("X-Cosmos-Block-Height", block));
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String tag = "\"" + Arrays.hashCode(answer.body()) + "\"";
            exchange.getResponseHeaders().add("ETag", tag);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            if (same) {
                unchanged.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
