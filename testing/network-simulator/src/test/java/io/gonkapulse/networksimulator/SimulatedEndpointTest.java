package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class SimulatedEndpointTest {

    private static final long TIMEOUT_MILLIS = 10_000;

    private final FaultFixture fixture = new FaultFixture();
    private final long epoch = fixture.calendar.currentEpoch(fixture.height());

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void restartsOnSamePort() {
        String hello = fixture.tracker.url() + "/api/v1/hello";
        assertThat(fixture.client.getOrFail(hello).status()).isEqualTo(200);
        fixture.tracker.stop();
        assertThatThrownBy(() -> fixture.client.get(hello)).isInstanceOf(IOException.class);
        fixture.tracker.start();
        assertThat(fixture.client.getOrFail(hello).status()).isEqualTo(200);
    }

    @Test
    void rejectsPortInUseWithAdvice() {
        assertThatThrownBy(() -> fixture.network.openTracker(fixture.node.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + fixture.node.port())
                .hasMessageContaining("choose another one");
    }

    @Test
    void countsRequestsByRouteAndStatus() {
        fixture.tracker();
        fixture.tracker();
        fixture.raw(fixture.tracker, FaultFixture.CURRENT, EndpointFault.SERVICE_UNAVAILABLE);
        fixture.raw(fixture.tracker, "/nowhere");
        assertThat(fixture.tracker.requestCount()).isEqualTo(4);
        assertThat(fixture.tracker.requestCount(EndpointRoute.CURRENT_EPOCH)).isEqualTo(3);
        assertThat(fixture.tracker.requestCount(EndpointRoute.CURRENT_EPOCH, 200))
                .isEqualTo(2);
        assertThat(fixture.tracker.requestCount(EndpointRoute.CURRENT_EPOCH, 503))
                .isEqualTo(1);
        assertThat(fixture.tracker.requestCount(EndpointRoute.UNKNOWN, 404)).isEqualTo(1);
        assertThat(fixture.node.requestCount()).isZero();
    }

    @Test
    void limitedFaultExpires() {
        String hello = fixture.tracker.url() + "/api/v1/hello";
        fixture.tracker.injectFaultFor(2, EndpointFault.SERVICE_UNAVAILABLE);
        assertThat(fixture.client.getOrFail(hello).status()).isEqualTo(503);
        assertThat(fixture.client.getOrFail(hello).status()).isEqualTo(503);
        assertThat(fixture.client.getOrFail(hello).status()).isEqualTo(200);
        assertThat(fixture.tracker.activeFaults()).isEmpty();
        assertThatThrownBy(() -> fixture.tracker.injectFaultFor(0, EndpointFault.SLOW_BODY))
                .hasMessageContaining("remove()");
    }

    @Test
    void faultAffectsOneEndpointOnly() {
        try (SimulatedEndpoint other = fixture.network.openTracker()) {
            fixture.tracker.injectFaults(EndpointFault.EMPTY_PARTICIPANTS, EndpointFault.NULL_FLAGS);
            assertThat(fixture.tracker.activeFaults())
                    .containsExactlyInAnyOrder(EndpointFault.EMPTY_PARTICIPANTS, EndpointFault.NULL_FLAGS);
            fixture.tracker.removeFaults(EndpointFault.NULL_FLAGS);
            assertThat(fixture.tracker.activeFaults()).containsExactly(EndpointFault.EMPTY_PARTICIPANTS);
            assertThat(FaultFixture.entries(fixture.json(other, FaultFixture.CURRENT)))
                    .isNotEmpty();
        }
    }

    @Test
    void servesTrackerWithoutApiPrefix() {
        try (SimulatedEndpoint bare = fixture.network.openTrackerWithoutApiPrefix(0)) {
            assertThat(fixture.raw(bare, "/api/v1/hello").status()).isEqualTo(404);
            assertThat(fixture.raw(bare, "/v1/hello").status()).isEqualTo(200);
            assertThat(fixture.json(bare, "/v1/inference/current")).isEqualTo(fixture.tracker());
        }
    }

    @Test
    void compressesBodyOnRequest() {
        String url = fixture.tracker.url() + FaultFixture.CURRENT;
        StrictHttpClient.ResponseBody compressed = fixture.client.getOrFail(url, "Accept-Encoding", "gzip");
        assertThat(compressed.headers()).containsEntry("content-encoding", "gzip");
        assertThat(compressed.bytes()).isEqualTo(fixture.client.getOrFail(url).bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/inference/epochs/0, 400",
        "/api/v1/inference/epochs/-1, 400",
        "/api/v1/inference/epochs/next, 422",
        "/api/v1/inference/epochs/99999, 500",
        "/api/v1/inference/epochs/100?height=0, 400",
        "/api/v1/inference/epochs/100?height=7, 400",
        "/api/v1/inference/epochs/1, 200",
        "/api/v1/participants/gonka1nobody?epoch_id=100, 404",
        "/api/v1/participants/gonka1nobody?epoch_id=0, 400",
        "/api/v1/participants/gonka1nobody, 422",
        "/elsewhere, 404",
    })
    void trackerErrorsMatchRealTrackers(String path, int status) {
        StrictHttpClient.ResponseBody response = fixture.raw(fixture.tracker, path);
        assertThat(response.status()).isEqualTo(status);
        assertThat(fixture.client.parse(response.bytes()).has("detail")).isEqualTo(status != 200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/epochs/99999/participants, 404",
        "/chain-rpc/block?height=999999999, 500",
        "/chain-rpc/nothing, 404",
        "/chain-api/productscience/inference/inference/nothing, 501",
        "/chain-api/productscience/inference/inference/hardware_nodes/gonka1nobody, 404",
        "/chain-api/productscience/inference/inference/epoch_performance_summary/100/gonka1nobody, 404",
        "/elsewhere, 404",
    })
    void nodeErrorsMatchRealNodes(String path, int status) {
        assertThat(fixture.raw(fixture.node, path).status()).isEqualTo(status);
    }

    @Test
    void chainStateMatchesRequestedHeight() {
        long height = fixture.height() - 1_000;
        JsonNode then = fixture.client.requireJson(
                fixture.node.url() + FaultFixture.CHAIN + "participant?pagination.limit=10000",
                "X-Cosmos-Block-Height",
                Long.toString(height));
        assertThat(FaultFixture.stats(then, "earned_coins"))
                .isNotEqualTo(FaultFixture.stats(fixture.chainParticipants(), "earned_coins"));
        for (JsonNode entry : FaultFixture.entries(then)) {
            var id = NodeIdentifier.parse(entry.get("index").asString());
            assertThat(entry.at("/current_epoch_stats/earned_coins").asString())
                    .isEqualTo(Long.toString(fixture.network
                            .truth()
                            .liveCounters(id, epoch, height)
                            .earned()));
        }
        assertThat(fixture.client
                        .getOrFail(
                                fixture.node.url() + FaultFixture.CHAIN + "participant",
                                "X-Cosmos-Block-Height",
                                Long.toString(fixture.height() + 1_000))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void chainPagesAreContiguous() {
        JsonNode first = fixture.json(fixture.node, FaultFixture.CHAIN + "participant?pagination.limit=150");
        String key = first.at("/pagination/next_key").asString();
        JsonNode second = fixture.json(
                fixture.node,
                FaultFixture.CHAIN + "participant?pagination.limit=150&pagination.key=" + key.replace("=", "%3D"));
        assertThat(first.at("/pagination/total").asString()).isEqualTo("0");
        assertThat(second.at("/pagination/next_key").isNull()).isTrue();
        var all = new ArrayList<>(FaultFixture.values(first, "index"));
        all.addAll(FaultFixture.values(second, "index"));
        assertThat(all)
                .isEqualTo(FaultFixture.values(fixture.chainParticipants(), "index"))
                .hasSize(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = EndpointFault.class,
            names = {"ENDLESS_BODY", "SLOW_BODY"})
    void closingEndsEndlessBodies(EndpointFault fault) throws IOException, InterruptedException {
        fixture.tracker.injectFaults(fault);
        int port = fixture.tracker.port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            String request = "GET " + FaultFixture.CURRENT + " HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(in.read()).isEqualTo('H');
            fixture.tracker.close();
        }
        for (Thread thread : threadsOf(port)) {
            thread.join(TIMEOUT_MILLIS);
        }
        assertThat(threadsOf(port)).isEmpty();
    }

    private static Set<Thread> threadsOf(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("simulated-network-" + port))
                .collect(Collectors.toSet());
    }
}
