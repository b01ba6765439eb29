package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network outside of the quickstart, in the place of the simulated one. */
@Tag("process")
class RealTrackerTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int PAST_EPOCHS = 30;

    /** Few, because the poller sends at most ten requests a second. */
    private static final int NODES = 4;

    @TempDir
    private Path home;

    /** The simulator in a process of its own is a tracker like any other. */
    @Test
    void pollsTrackerWithHistory() throws Exception {
        try (ProgramProcess network = ProgramProcess.of(QuickstartMain.class)
                        .arguments("--nodes=" + NODES, "--free-ports", "network")
                        .start();
                QuickstartProcess quickstart = QuickstartProcess.startAndAwaitReady(
                        home.resolve("data"), "--tracker=" + url(network, "tracker") + "/")) {
            assertThat(quickstart.outputText()).contains("at most 10 a second");
            quickstart.awaitLine("Polls of tracker +succeed");
            quickstart.awaitLine("Past epochs +all fetched");
            eventually(() -> {
                assertThat(quickstart.api().get("/api/v1/nodes").get("items"))
                        .isNotEmpty()
                        .allSatisfy(node ->
                                assertThat(node.at("/stats/status").asString()).isIn("healthy", "unhealthy", "jailed"));
                assertThat(quickstart.count("select count(distinct epoch) from epoch_settlements"))
                        .isGreaterThanOrEqualTo(PAST_EPOCHS);
            });
            assertThat(quickstart.api().get("/api/v1/network").get("simulated").asBoolean())
                    .isFalse();
            assertThat(RunningProperties.read(home.resolve("data")).values())
                    .containsEntry("tracker.url", url(network, "tracker"))
                    .doesNotContainKeys("chain.url", "nodes", "seed");
        }
    }

    @Test
    void pollsChainNodeExactly() throws Exception {
        try (RecordedChainNode chain =
                        new RecordedChainNode(InstantSource.system().instant());
                QuickstartProcess quickstart = QuickstartProcess.startAndAwaitReady(
                        home.resolve("data"), "--tracker=" + chain.url(), "--tracker-kind=gonka-node")) {
            eventually(() -> {
                assertThat(identifiers(quickstart))
                        .containsExactlyInAnyOrder(RecordedChainNode.CLAIMED, RecordedChainNode.UNCLAIMED);
                assertThat(quickstart
                                .api()
                                .get("/api/v1/nodes/" + RecordedChainNode.CLAIMED)
                                .at("/earnings/totalNgonka")
                                .asString())
                        .isEqualTo(RecordedChainNode.TOTAL_OF_CLAIMED);
            });
        }
    }

    private static List<String> identifiers(QuickstartProcess quickstart) {
        return quickstart
                .api()
                .get("/api/v1/nodes")
                .get("items")
                .valueStream()
                .map(node -> node.get("identifier").asString())
                .toList();
    }

    private static String url(ProgramProcess network, String endpoint) {
        return network.awaitLine("^" + endpoint + " +(\\S+)").group(1);
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(TIMEOUT).untilAsserted(assertions);
    }
}
