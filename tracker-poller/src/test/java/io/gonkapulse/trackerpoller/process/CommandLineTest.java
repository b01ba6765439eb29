package io.gonkapulse.trackerpoller.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a process of its own shows: environment variables, the exit code, and all that reaches its output. */
@Timeout(300)
@Tag("process")
class CommandLineTest {

    private static final int SUCCESS = 0;
    private static final int MISCONFIGURED = 2;

    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(25), InstantSource.system());
    private final SimulatedEndpoint tracker = network.openTracker();
    private final PollerEnvironment noKafka = PollerEnvironment.NONE.tracker("demo", "gonka-tracker", tracker.url());

    @AfterEach
    void close() {
        tracker.close();
    }

    @Test
    void pollOncePrintsOnlySnapshots() throws IOException {
        try (PollerProcess poll = PollerProcess.start(noKafka, "poll-once")) {
            assertThat(poll.awaitEnd()).isEqualTo(SUCCESS);
            assertThat(poll.lines()).hasSize((int) members()).allSatisfy(CommandLineTest::assertSnapshotOfDemo);
            assertThat(poll.errors()).singleElement().asString().startsWith("demo: OK, " + members() + " participants");
        }
    }

    private static void assertSnapshotOfDemo(String line) {
        assertThat(new SnapshotCodec().decode(line.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        LiveSnapshot.class,
                        snapshot ->
                                assertThat(snapshot.origin().tracker().value()).isEqualTo("demo"));
    }

    private long members() {
        return network.nodes(network.calendar()
                        .currentEpoch(network.calendar()
                                .heightAt(InstantSource.system().instant())))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"POLLER_TRACKERS_0_INTERVAL, often", "POLLER_TRACKERS_0_INTERVALL, 30s"})
    void invalidVariableFailsWithOneLine(String variable, String value) throws IOException {
        PollerEnvironment invalid =
                noKafka.with("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1").with(variable, value);
        try (PollerProcess process = PollerProcess.start(invalid)) {
            assertThat(process.awaitEnd())
                    .as(() -> process.lines() + " " + process.errors())
                    .isEqualTo(MISCONFIGURED);
            assertThat(process.errors())
                    .singleElement()
                    .asString()
                    .startsWith("Error: ")
                    .contains(variable);
            assertThat(process.lines()).as("a stack trace").noneMatch(line -> line.startsWith("\tat "));
        }
    }
}
