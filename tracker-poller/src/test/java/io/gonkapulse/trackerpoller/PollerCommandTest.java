package io.gonkapulse.trackerpoller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.PollerCommands.CommandResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(120)
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class PollerCommandTest {

    private static final String UNREACHABLE = "127.0.0.1:1";
    private static final String KAFKA = "--kafka.bootstrap.servers=" + UNREACHABLE;
    private static final int SUCCESS = 0;
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(25), InstantSource.system());
    private final SimulatedEndpoint tracker = network.openTracker();
    private final List<String> demo = tracker(0, "demo", tracker.url());

    @AfterEach
    void close() {
        tracker.close();
    }

    @Test
    void helpListsCommands() {
        assertHelpContains(PollerCommands.run("--help"), "run", "poll-once", "backfill", "Exit codes");
    }

    @Test
    void helpExplainsCommands() {
        assertHelpContains(PollerCommands.run("run", "--help"), "Runs the service until it is stopped");
        assertHelpContains(PollerCommands.run("poll-once", "--help"), "as JSON lines", "needs no Kafka");
        assertHelpContains(PollerCommands.run("backfill", "--help"), "TRACKER", "--epochs");
    }

    private static void assertHelpContains(CommandResult help, String... words) {
        assertThat(help.exitCode()).isEqualTo(SUCCESS);
        assertThat(String.join("\n", help.lines())).contains(words);
        assertThat(help.errors()).isEmpty();
    }

    @Test
    void pollOncePollsNamedTrackersOnly() {
        List<String> other = tracker(1, "other", "http://" + UNREACHABLE);
        CommandResult poll = run(List.of("poll-once", "demo"), demo, other);
        assertThat(poll.exitCode()).isEqualTo(SUCCESS);
        assertThat(poll.lines()).hasSize((int) members());
    }

    @Test
    void pollOnceFailsForUnreachableTracker() {
        CommandResult poll = run(List.of("poll-once"), tracker(0, "dead", "http://" + UNREACHABLE));
        assertThat(poll.exitCode()).isEqualTo(FAILED);
        assertThat(poll.lines()).isEmpty();
        assertThat(poll.errors())
                .singleElement()
                .asString()
                .startsWith("dead: FAILED, 0 participants: ")
                .contains(UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo | 7..5 | --epochs: expected two epochs as 100..120, the older one first, got \"7..5\"",
                "demo | many | --epochs: expected two epochs as 100..120",
                "nobody | 5..7 | Expected the name of a configured tracker [demo], got \"nobody\"",
            })
    void rejectsInvalidBackfill(String name, String epochs, String complaint, CapturedOutput output) {
        CommandResult backfill = run(List.of("backfill", name, "--epochs", epochs, KAFKA), demo);
        assertFails(backfill, MISCONFIGURED, complaint, output);
    }

    @Test
    void backfillFailsWithoutKafka(CapturedOutput output) {
        String shortWait = "--spring.kafka.producer.properties.max.block.ms=500";
        CommandResult backfill = run(List.of("backfill", "demo", "--epochs", "5..7", KAFKA, shortWait), demo);
        assertFails(backfill, FAILED, "Kafka did not accept the records", output);
    }

    @Test
    void pollOnceRejectsUnknownTracker(CapturedOutput output) {
        assertFails(
                run(List.of("poll-once", "nobody"), demo),
                MISCONFIGURED,
                "Expected the name of a configured tracker [demo], got \"nobody\"",
                output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--poller.trackers[0].kind=oracle | POLLER_TRACKERS",
                "--poller.trackers[0].urls=ftp://a.example | urls",
                "--kafka.bootstrap.servers= | KAFKA_BOOTSTRAP_SERVERS is missing",
            })
    void invalidSettingFailsWithOneLine(String setting, String complaint, CapturedOutput output) {
        String name = setting.substring(0, setting.indexOf('=') + 1);
        List<String> others = Stream.concat(Stream.of(KAFKA), demo.stream())
                .filter(other -> !other.startsWith(name))
                .toList();
        assertFails(run(List.of(setting), others), MISCONFIGURED, complaint, output);
    }

    @Test
    void requiresTracker(CapturedOutput output) {
        assertFails(PollerCommands.run(KAFKA), MISCONFIGURED, "POLLER_TRACKERS", output);
    }

    @Test
    void requiresUrls(CapturedOutput output) {
        List<String> nameAndKind = demo.subList(0, 2);
        assertFails(run(List.of(KAFKA), nameAndKind), MISCONFIGURED, "POLLER_TRACKERS_0_URLS", output);
    }

    private static void assertFails(CommandResult result, int exitCode, String complaint, CapturedOutput output) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("Error: ")
                .contains(complaint);
        assertThat(output).as("a stack trace").doesNotContain("\tat ");
    }

    @SafeVarargs
    private static CommandResult run(List<String> arguments, List<String>... settings) {
        List<String> all = new ArrayList<>(arguments);
        for (List<String> setting : settings) {
            all.addAll(setting);
        }
        return PollerCommands.run(all.toArray(String[]::new));
    }

    private static List<String> tracker(int index, String name, String url) {
        String prefix = "--poller.trackers[" + index + "].";
        return List.of(prefix + "name=" + name, prefix + "kind=gonka-tracker", prefix + "urls=" + url);
    }

    private long members() {
        return network.nodes(network.calendar()
                        .currentEpoch(network.calendar()
                                .heightAt(InstantSource.system().instant())))
                .count();
    }
}
