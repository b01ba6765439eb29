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
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Polls both tracker types with each fault of their only address, and checks the outcome and all counts. */
@Tag("slow")
class PollFaultTest {

    private static final int NODES = 12;

    /** Faults that are not listed have no effect. Some faults of time depend on the last change of the epoch. */
    private static final Map<EndpointFault, ExpectedPoll> EXPECTED = new EnumMap<>(Map.ofEntries(
            Map.entry(EndpointFault.DUPLICATE_PARTICIPANTS, new ExpectedPoll(PARTIAL, "all", "duplicate", "some")),
            Map.entry(EndpointFault.STALE_DATA, new ExpectedPoll(STALE, "none", "older_height", "all")),
            Map.entry(EndpointFault.OLDER_HEIGHT, new ExpectedPoll(STALE, "none", "older_height", "all")),
            Map.entry(EndpointFault.VANISHED_PARTICIPANTS, new ExpectedPoll(OK, "some")),
            Map.entry(EndpointFault.ZEROS_UNDER_OLD_EPOCH, new ExpectedPoll(STALE, "none", "older_height", "all")),
            Map.entry(EndpointFault.LATEST_AHEAD_OF_CURRENT, new ExpectedPoll(STALE, "none", "older_height", "all")),
            Map.entry(EndpointFault.NEGATIVE_COUNTERS, new ExpectedPoll(FAILED, "none", "malformed", "all")),
            Map.entry(EndpointFault.DUPLICATE_KEYS, new ExpectedPoll(FAILED, "none", "malformed", "all")),
            Map.entry(
                    EndpointFault.MALFORMED_PARTICIPANT, new ExpectedPoll(PARTIAL, "all but one", "malformed", "one")),
            Map.entry(EndpointFault.EMPTY_PARTICIPANTS, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.HTML_WITH_STATUS_200, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.ENDLESS_BODY, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.TRUNCATED_JSON, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.INVALID_UTF8, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.TOO_MANY_REQUESTS, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.SERVICE_UNAVAILABLE, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.RESET_MID_BODY, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.TLS_FAILURE, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.REDIRECT_LOOP, new ExpectedPoll(FAILED, "none")),
            Map.entry(EndpointFault.SLOW_BODY, new ExpectedPoll(FAILED, "none"))));

    /** Only trackers store rows. */
    private static final ExpectedPoll STORED_ROWS = new ExpectedPoll(PARTIAL, "all", "duplicate", "twice all");

    private record ExpectedPoll(Outcome outcome, String published, String reason, String skipped) {

        ExpectedPoll(Outcome outcome, String published) {
            this(outcome, published, "", "none");
        }
    }

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).behaviour(BehaviourFrequencies.steady()), clock);
    private final SimulatedEndpoint tracker = network.openTracker();
    private final SimulatedEndpoint node = network.openNode();

    @AfterEach
    void close() {
        tracker.close();
        node.close();
    }

    @TestFactory
    List<DynamicTest> gonkaTrackerFaults() {
        return tests(new GonkaTrackerType(), tracker);
    }

    @TestFactory
    List<DynamicTest> gonkaNodeFaults() {
        return tests(new GonkaNodeType(), node);
    }

    private List<DynamicTest> tests(TrackerType type, SimulatedEndpoint endpoint) {
        return List.of(EndpointFault.values()).stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> poll(type, endpoint, fault)))
                .toList();
    }

    private void poll(TrackerType type, SimulatedEndpoint endpoint, EndpointFault fault) {
        endpoint.removeAllFaults();
        clock.advance(Duration.ofHours(1));
        try (TrackerDriver tracker = new TrackerDriver(type, List.of(endpoint), clock)) {
            Poll before = tracker.pollCurrentEpoch();
            assertThat(before.outcome()).isEqualTo(OK);
            assertThat(before.counts()).isEqualTo(new Counts(NODES, Map.of()));
            assertThat(tracker.publisher.drainSnapshots())
                    .hasSize((int) before.counts().published());

            clock.advance(Duration.ofMinutes(1));
            endpoint.injectFaults(fault);
            check(tracker.pollCurrentEpoch(), before, tracker.publisher.drainSnapshots(), fault);

            endpoint.removeAllFaults();
            clock.advance(Duration.ofMinutes(1));
            assertThat(tracker.pollCurrentEpoch().outcome())
                    .as("the poll after")
                    .isEqualTo(OK);
        }
    }

    private static void check(Poll poll, Poll before, List<Snapshot> snapshots, EndpointFault fault) {
        boolean stored = fault == EndpointFault.OLDEST_ROW_FIRST && poll.kind().equals("gonka-tracker");
        ExpectedPoll expected = stored ? STORED_ROWS : EXPECTED.getOrDefault(fault, new ExpectedPoll(OK, "all"));
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

    /** Nothing else is skipped. */
    private static void checkSkipped(Map<String, Long> skipped, ExpectedPoll expected, long all) {
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
