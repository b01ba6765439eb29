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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command line as a user sees it. Independent processes run in parallel to save time. */
@Timeout(300)
@Tag("process")
class CommandLineTest {

    private static final String UNREACHABLE = "127.0.0.1:1";
    private static final int SUCCESS = 0;
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(25), InstantSource.system());
    private final SimulatedEndpoint tracker = network.openTracker();
    private final PollerEnvironment noKafka = PollerEnvironment.NONE.tracker("demo", "gonka-tracker", tracker.url());
    private final PollerEnvironment deadKafka = noKafka.with("KAFKA_BOOTSTRAP_SERVERS", UNREACHABLE);
    private final List<PollerProcess> processes = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        tracker.close();
        for (PollerProcess process : processes) {
            process.close();
        }
    }

    @Test
    void helpListsCommands() {
        PollerProcess program = start(PollerEnvironment.NONE, "--help");
        PollerProcess run = start(PollerEnvironment.NONE, "run", "--help");
        PollerProcess pollOnce = start(PollerEnvironment.NONE, "poll-once", "--help");
        PollerProcess backfill = start(PollerEnvironment.NONE, "backfill", "--help");

        assertHelpContains(program, "run", "poll-once", "backfill", "Exit codes");
        assertHelpContains(run, "Runs the service until it is stopped");
        assertHelpContains(pollOnce, "as JSON lines", "needs no Kafka");
        assertHelpContains(backfill, "TRACKER", "--epochs");
    }

    private static void assertHelpContains(PollerProcess help, String... words) {
        assertThat(help.awaitEnd()).isEqualTo(SUCCESS);
        assertThat(String.join("\n", help.lines())).contains(words);
        assertThat(help.errors()).isEmpty();
    }

    @Test
    void pollOncePrintsOnlySnapshots() {
        PollerProcess poll = start(noKafka, "poll-once");
        assertThat(poll.awaitEnd()).isEqualTo(SUCCESS);
        assertThat(poll.lines()).hasSize((int) members()).allSatisfy(CommandLineTest::assertSnapshotOfDemo);
        assertThat(poll.errors()).singleElement().asString().startsWith("demo: OK, " + members() + " participants");
    }

    @Test
    void pollOncePollsNamedTrackersOnly() {
        PollerProcess poll =
                start(noKafka.tracker("other", "gonka-tracker", "http://" + UNREACHABLE), "poll-once", "demo");
        assertThat(poll.awaitEnd()).isEqualTo(SUCCESS);
        assertThat(poll.lines()).hasSize((int) members());
    }

    @Test
    void pollOnceFailsForUnreachableTracker() {
        PollerProcess poll =
                start(PollerEnvironment.NONE.tracker("dead", "gonka-tracker", "http://" + UNREACHABLE), "poll-once");
        assertThat(poll.awaitEnd()).isEqualTo(FAILED);
        assertThat(poll.lines()).isEmpty();
        assertThat(poll.errors())
                .singleElement()
                .asString()
                .startsWith("dead: FAILED, 0 participants: ")
                .contains(UNREACHABLE);
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

    @Test
    void invalidBackfillFailsWithOneLine() {
        PollerProcess backwards = start(deadKafka, "backfill", "demo", "--epochs", "7..5");
        PollerProcess noRange = start(deadKafka, "backfill", "demo", "--epochs", "many");
        PollerProcess unknown = start(deadKafka, "backfill", "nobody", "--epochs", "5..7");
        PollerProcess unsent = start(deadKafka, "backfill", "demo", "--epochs", "5..7");
        PollerProcess unknownToPoll = start(noKafka, "poll-once", "nobody");

        assertFails(
                backwards,
                MISCONFIGURED,
                "--epochs: expected two epochs as 100..120, the older one first, got \"7..5\"");
        assertFails(noRange, MISCONFIGURED, "--epochs: expected two epochs as 100..120");
        assertFails(unknown, MISCONFIGURED, "Expected the name of a configured tracker [demo], got \"nobody\"");
        assertFails(unknownToPoll, MISCONFIGURED, "Expected the name of a configured tracker [demo], got \"nobody\"");
        assertFails(unsent, FAILED, "Kafka did not accept the records");
    }

    @Test
    void invalidSettingFailsWithOneLine() {
        Map<PollerProcess, String> complaints = new LinkedHashMap<>();
        complaints.put(start(PollerEnvironment.NONE.with("KAFKA_BOOTSTRAP_SERVERS", UNREACHABLE)), "POLLER_TRACKERS");
        complaints.put(start(noKafka), "KAFKA_BOOTSTRAP_SERVERS is missing");
        complaints.put(start(deadKafka.with("POLLER_TRACKERS_0_KIND", "oracle")), "POLLER_TRACKERS");
        complaints.put(start(deadKafka.with("POLLER_TRACKERS_0_INTERVAL", "often")), "POLLER_TRACKERS_0_INTERVAL");
        complaints.put(start(deadKafka.with("POLLER_TRACKERS_0_INTERVALL", "30s")), "POLLER_TRACKERS_0_INTERVALL");
        complaints.put(start(deadKafka.with("POLLER_TRACKERS_0_URLS", "ftp://a.example")), "urls");
        complaints.put(start(deadKafka.without("POLLER_TRACKERS_0_URLS")), "POLLER_TRACKERS_0_URLS");
        complaints.forEach((process, setting) -> assertFails(process, MISCONFIGURED, setting));
    }

    private static void assertFails(PollerProcess process, int exitCode, String complaint) {
        assertThat(process.awaitEnd())
                .as(() -> process.lines() + " " + process.errors())
                .isEqualTo(exitCode);
        assertThat(process.errors())
                .singleElement()
                .asString()
                .startsWith("Error: ")
                .contains(complaint);
        assertThat(process.lines()).as("a stack trace").noneMatch(line -> line.startsWith("\tat "));
    }

    private PollerProcess start(PollerEnvironment settings, String... arguments) {
        PollerProcess process = PollerProcess.start(settings, arguments);
        processes.add(process);
        return process;
    }
}
