package io.gonkapulse.trackerpoller.soak;

import static io.gonkapulse.contracts.Poll.Outcome.FAILED;
import static io.gonkapulse.contracts.Poll.Outcome.OK;
import static io.gonkapulse.contracts.Poll.Outcome.PARTIAL;
import static io.gonkapulse.contracts.Poll.Outcome.STALE;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Counts;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a whole poll of either kind makes of each misbehaviour of its only address: its outcome, and every count. */
class PolledQuirksTest {

    private static final int NODES = 12;

    /** What is not named here passes as if nothing were wrong. Some quirks of time look back to the last turn of an epoch. */
    private static final Map<Quirk, Expected> EXPECTED = new EnumMap<>(Map.ofEntries(
            Map.entry(Quirk.DUPLICATE_PARTICIPANTS, new Expected(PARTIAL, "all", "duplicate", "some")),
            Map.entry(Quirk.STALE_DATA, new Expected(STALE, "none", "older_height", "all")),
            Map.entry(Quirk.OLDER_HEIGHT, new Expected(STALE, "none", "older_height", "all")),
            Map.entry(Quirk.VANISHED_PARTICIPANTS, new Expected(OK, "some")),
            Map.entry(Quirk.ZEROS_UNDER_OLD_EPOCH, new Expected(STALE, "none", "older_height", "all")),
            Map.entry(Quirk.LATEST_AHEAD_OF_CURRENT, new Expected(STALE, "none", "older_height", "all")),
            Map.entry(Quirk.NEGATIVE_COUNTERS, new Expected(FAILED, "none", "malformed", "all")),
            Map.entry(Quirk.DUPLICATE_KEYS, new Expected(FAILED, "none", "malformed", "all")),
            Map.entry(Quirk.MALFORMED_PARTICIPANT, new Expected(PARTIAL, "all but one", "malformed", "one")),
            Map.entry(Quirk.EMPTY_PARTICIPANTS, new Expected(FAILED, "none")),
            Map.entry(Quirk.HTML_WITH_STATUS_200, new Expected(FAILED, "none")),
            Map.entry(Quirk.ENDLESS_BODY, new Expected(FAILED, "none")),
            Map.entry(Quirk.TRUNCATED_JSON, new Expected(FAILED, "none")),
            Map.entry(Quirk.INVALID_UTF8, new Expected(FAILED, "none")),
            Map.entry(Quirk.TOO_MANY_REQUESTS, new Expected(FAILED, "none")),
            Map.entry(Quirk.TOO_MANY_REQUESTS_WITH_RETRY_AFTER, new Expected(FAILED, "none")),
            Map.entry(Quirk.SERVICE_UNAVAILABLE, new Expected(FAILED, "none")),
            Map.entry(Quirk.RESET_MID_BODY, new Expected(FAILED, "none")),
            Map.entry(Quirk.TLS_FAILURE, new Expected(FAILED, "none")),
            Map.entry(Quirk.REDIRECT_LOOP, new Expected(FAILED, "none")),
            Map.entry(Quirk.SLOW_DRIP, new Expected(FAILED, "none"))));

    /** Only trackers store rows. */
    private static final Expected STORED_ROWS = new Expected(PARTIAL, "all", "duplicate", "twice all");

    private record Expected(Outcome outcome, String published, String reason, String skipped) {

        Expected(Outcome outcome, String published) {
            this(outcome, published, "", "none");
        }
    }

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).shares(BehaviourShares.calm()), clock);
    private final Face tracker = network.openTracker();
    private final Face node = network.openNode();

    @AfterEach
    void close() {
        tracker.close();
        node.close();
    }

    @TestFactory
    List<DynamicTest> ofATracker() {
        return tests(new GonkaTracker(), tracker);
    }

    @TestFactory
    List<DynamicTest> ofAChainNode() {
        return tests(new GonkaNode(), node);
    }

    private List<DynamicTest> tests(TrackerKind kind, Face face) {
        return List.of(Quirk.values()).stream()
                .map(quirk -> DynamicTest.dynamicTest(quirk.name(), () -> poll(kind, face, quirk)))
                .toList();
    }

    private void poll(TrackerKind kind, Face face, Quirk quirk) {
        face.hideAll();
        clock.advance(Duration.ofHours(1));
        try (PolledTracker tracker = new PolledTracker(kind, List.of(face), clock)) {
            Poll before = tracker.pollCurrent();
            assertThat(before.outcome()).isEqualTo(OK);
            assertThat(before.counts()).isEqualTo(new Counts(NODES, Map.of()));
            assertThat(tracker.outlet.takeSnapshots())
                    .hasSize((int) before.counts().published());

            clock.advance(Duration.ofMinutes(1));
            face.show(quirk);
            check(tracker.pollCurrent(), before, tracker.outlet.takeSnapshots(), quirk);

            face.hideAll();
            clock.advance(Duration.ofMinutes(1));
            assertThat(tracker.pollCurrent().outcome()).as("the poll after").isEqualTo(OK);
        }
    }

    private static void check(Poll poll, Poll before, List<Snapshot> snapshots, Quirk quirk) {
        boolean stored = quirk == Quirk.OLDEST_ROW_FIRST && poll.kind().equals("gonka-tracker");
        Expected expected = stored ? STORED_ROWS : EXPECTED.getOrDefault(quirk, new Expected(OK, "all"));
        long all = before.counts().published();
        assertThat(poll.outcome()).as(poll.toString()).isEqualTo(expected.outcome);
        assertThat(poll.counts().published()).isEqualTo(snapshots.size());
        checkSkipped(poll.counts().skipped(), expected, all);
        switch (expected.published) {
            case "all" -> assertThat(snapshots).hasSize((int) all);
            case "all but one" -> assertThat(snapshots).hasSize((int) all - 1);
            case "some" -> assertThat(snapshots).hasSizeBetween(1, (int) all - 1);
            default -> assertThat(snapshots).isEmpty();
        }
        if (poll.outcome() == OK || poll.outcome() == PARTIAL) {
            assertThat(poll.error()).isNull();
        } else {
            assertThat(poll.error()).isNotBlank();
        }
        assertThat(snapshots.stream().map(Snapshot::node).collect(toUnmodifiableSet()))
                .hasSize(snapshots.size());
    }

    /** What is not named was not skipped. */
    private static void checkSkipped(Map<String, Long> skipped, Expected expected, long all) {
        switch (expected.skipped) {
            case "all" -> assertThat(skipped).isEqualTo(Map.of(expected.reason, all));
            case "twice all" -> assertThat(skipped).isEqualTo(Map.of(expected.reason, 2 * all));
            case "one" -> assertThat(skipped).isEqualTo(Map.of(expected.reason, 1L));
            case "some" ->
                assertThat(skipped)
                        .containsOnlyKeys(expected.reason)
                        .hasEntrySatisfying(
                                expected.reason, some -> assertThat(some).isBetween(1L, all));
            default -> assertThat(skipped).isEmpty();
        }
    }
}
