package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.face.Route;
import io.gonkapulse.testkit.network.quirk.Quirk;
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

class FaceTest {

    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final QuirkStage stage = new QuirkStage();
    private final long epoch = stage.calendar.currentEpoch(stage.height());

    @AfterEach
    void closeStage() {
        stage.close();
    }

    @Test
    void stopsAndStartsAgainOnItsPort() {
        String hello = stage.tracker.url() + "/api/v1/hello";
        assertThat(stage.client.getOrFail(hello).status()).isEqualTo(200);
        stage.tracker.stop();
        assertThatThrownBy(() -> stage.client.get(hello)).isInstanceOf(IOException.class);
        stage.tracker.start();
        assertThat(stage.client.getOrFail(hello).status()).isEqualTo(200);
    }

    @Test
    void takenPortIsRefusedWithAdvice() {
        assertThatThrownBy(() -> stage.network.openTracker(stage.node.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + stage.node.port())
                .hasMessageContaining("choose another one");
    }

    @Test
    void countsWhatWasAskedAndHowItWasAnswered() {
        stage.tracker();
        stage.tracker();
        stage.raw(stage.tracker, QuirkStage.CURRENT, Quirk.SERVICE_UNAVAILABLE);
        stage.raw(stage.tracker, "/nowhere");
        assertThat(stage.tracker.requests()).isEqualTo(4);
        assertThat(stage.tracker.requests(Route.CURRENT_EPOCH)).isEqualTo(3);
        assertThat(stage.tracker.requests(Route.CURRENT_EPOCH, 200)).isEqualTo(2);
        assertThat(stage.tracker.requests(Route.CURRENT_EPOCH, 503)).isEqualTo(1);
        assertThat(stage.tracker.requests(Route.UNKNOWN, 404)).isEqualTo(1);
        assertThat(stage.node.requests()).isZero();
    }

    @Test
    void quirkForSomeRequestsGoesAwayByItself() {
        String hello = stage.tracker.url() + "/api/v1/hello";
        stage.tracker.showFor(2, Quirk.SERVICE_UNAVAILABLE);
        assertThat(stage.client.getOrFail(hello).status()).isEqualTo(503);
        assertThat(stage.client.getOrFail(hello).status()).isEqualTo(503);
        assertThat(stage.client.getOrFail(hello).status()).isEqualTo(200);
        assertThat(stage.tracker.shown()).isEmpty();
        assertThatThrownBy(() -> stage.tracker.showFor(0, Quirk.SLOW_DRIP)).hasMessageContaining("hide()");
    }

    @Test
    void quirkIsShownOnOneFaceOnly() {
        try (Face other = stage.network.openTracker()) {
            stage.tracker.show(Quirk.EMPTY_PARTICIPANTS, Quirk.NULL_FLAGS);
            assertThat(stage.tracker.shown()).containsExactlyInAnyOrder(Quirk.EMPTY_PARTICIPANTS, Quirk.NULL_FLAGS);
            stage.tracker.hide(Quirk.NULL_FLAGS);
            assertThat(stage.tracker.shown()).containsExactly(Quirk.EMPTY_PARTICIPANTS);
            assertThat(QuirkStage.entries(stage.json(other, QuirkStage.CURRENT)))
                    .isNotEmpty();
        }
    }

    @Test
    void trackerMayStandWithoutApiPrefix() {
        try (Face bare = stage.network.openTrackerWithoutApiPrefix(0)) {
            assertThat(stage.raw(bare, "/api/v1/hello").status()).isEqualTo(404);
            assertThat(stage.raw(bare, "/v1/hello").status()).isEqualTo(200);
            assertThat(stage.json(bare, "/v1/inference/current")).isEqualTo(stage.tracker());
        }
    }

    @Test
    void bodyIsCompressedForThoseWhoAskForIt() {
        String url = stage.tracker.url() + QuirkStage.CURRENT;
        Client.Body compressed = stage.client.getOrFail(url, "Accept-Encoding", "gzip");
        assertThat(compressed.headers()).containsEntry("content-encoding", "gzip");
        assertThat(compressed.bytes()).isEqualTo(stage.client.getOrFail(url).bytes());
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
    void trackerSaysNoTheWayRealOnesDo(String path, int status) {
        Client.Body answer = stage.raw(stage.tracker, path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(stage.client.parse(answer.bytes()).has("detail")).isEqualTo(status != 200);
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
    void nodeSaysNoTheWayRealOnesDo(String path, int status) {
        assertThat(stage.raw(stage.node, path).status()).isEqualTo(status);
    }

    @Test
    void chainIsSeenAsOfTheHeightThatIsAskedFor() {
        long height = stage.height() - 1_000;
        JsonNode then = stage.client.sure(
                stage.node.url() + QuirkStage.CHAIN + "participant?pagination.limit=10000",
                "X-Cosmos-Block-Height",
                Long.toString(height));
        assertThat(QuirkStage.stats(then, "earned_coins"))
                .isNotEqualTo(QuirkStage.stats(stage.chainParticipants(), "earned_coins"));
        for (JsonNode entry : QuirkStage.entries(then)) {
            var id = NodeIdentifier.parse(entry.get("index").asString());
            assertThat(entry.at("/current_epoch_stats/earned_coins").asString())
                    .isEqualTo(Long.toString(
                            stage.network.truth().live(id, epoch, height).earned()));
        }
        assertThat(stage.client
                        .getOrFail(
                                stage.node.url() + QuirkStage.CHAIN + "participant",
                                "X-Cosmos-Block-Height",
                                Long.toString(stage.height() + 1_000))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void pagesOfTheChainFollowEachOther() {
        JsonNode first = stage.json(stage.node, QuirkStage.CHAIN + "participant?pagination.limit=150");
        String key = first.at("/pagination/next_key").asString();
        JsonNode second = stage.json(
                stage.node,
                QuirkStage.CHAIN + "participant?pagination.limit=150&pagination.key=" + key.replace("=", "%3D"));
        assertThat(first.at("/pagination/total").asString()).isEqualTo("0");
        assertThat(second.at("/pagination/next_key").isNull()).isTrue();
        var all = new ArrayList<>(QuirkStage.values(first, "index"));
        all.addAll(QuirkStage.values(second, "index"));
        assertThat(all)
                .isEqualTo(QuirkStage.values(stage.chainParticipants(), "index"))
                .hasSize(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"ENDLESS_BODY", "SLOW_DRIP"})
    void neverEndingBodyEndsWithItsFace(Quirk quirk) throws IOException, InterruptedException {
        stage.tracker.show(quirk);
        int port = stage.tracker.port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            String request = "GET " + QuirkStage.CURRENT + " HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(in.read()).isEqualTo('H');
            stage.tracker.close();
        }
        for (Thread thread : threadsOf(port)) {
            thread.join(LONGEST_WAIT_MILLIS);
        }
        assertThat(threadsOf(port)).isEmpty();
    }

    private static Set<Thread> threadsOf(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("simulated-network-" + port))
                .collect(Collectors.toSet());
    }
}
