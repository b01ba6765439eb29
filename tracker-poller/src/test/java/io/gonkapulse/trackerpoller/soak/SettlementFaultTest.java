package io.gonkapulse.trackerpoller.soak;

import static io.gonkapulse.contracts.Poll.Outcome.FAILED;
import static io.gonkapulse.contracts.Poll.Outcome.OK;
import static io.gonkapulse.contracts.Poll.Outcome.PARTIAL;
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
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settles four epochs while the only address has a fault, and again after it has recovered. */
@Tag("slow")
class SettlementFaultTest {

    private static final int NODES = 12;
    private static final int EPOCHS = 4;
    private static final Counts ALL = new Counts(NODES, Map.of());
    private static final Counts NOTHING = new Counts(0, Map.of());

    /** Faults that make the epoch's response, or the first node's, unusable. */
    private static final Set<EndpointFault> FATAL = EnumSet.of(
            EndpointFault.HTML_WITH_STATUS_200,
            EndpointFault.TRUNCATED_JSON,
            EndpointFault.INVALID_UTF8,
            EndpointFault.DUPLICATE_KEYS,
            EndpointFault.NEGATIVE_COUNTERS,
            EndpointFault.TOO_MANY_REQUESTS,
            EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER,
            EndpointFault.SERVICE_UNAVAILABLE,
            EndpointFault.RESET_MID_BODY,
            EndpointFault.TLS_FAILURE,
            EndpointFault.REDIRECT_LOOP,
            EndpointFault.EMPTY_PARTICIPANTS);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).behaviour(BehaviourFrequencies.steady()), clock);

    /** Two faults that cost seconds per request are tested with polls of the running epoch only. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SLOW_BODY", "ENDLESS_BODY"})
    void settlesGonkaTrackerDespiteFault(EndpointFault fault) throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openTracker();
                TrackerDriver driver = new TrackerDriver(new GonkaTrackerType(), List.of(endpoint), clock)) {
            settle(driver, endpoint, fault);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SLOW_BODY", "ENDLESS_BODY"})
    void settlesGonkaNodeDespiteFault(EndpointFault fault) throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openNode();
                TrackerDriver driver = new TrackerDriver(new GonkaNodeType(), List.of(endpoint), clock)) {
            settle(driver, endpoint, fault);
        }
    }

    private void settle(TrackerDriver driver, SimulatedEndpoint endpoint, EndpointFault fault)
            throws InterruptedException {
        driver.observe();
        driver.publisher.drainSnapshots();
        endpoint.injectFaults(fault);
        driver.settle();
        check(fault, driver.publisher.polls().subList(1, 1 + EPOCHS), driver.publisher.snapshots());

        endpoint.removeAllFaults();
        for (int attempt = 0; attempt < 3; attempt++) {
            clock.advance(Duration.ofMinutes(16));
            driver.settle();
        }
        if (fault != EndpointFault.VANISHED_PARTICIPANTS) {
            assertThat(settled(driver.publisher.snapshots())).hasSize(NODES * EPOCHS);
        }
    }

    /** The newest epoch is first. */
    private static void check(EndpointFault fault, List<Poll> polls, List<Snapshot> snapshots) {
        if (FATAL.contains(fault)) {
            assertThat(polls).allSatisfy(poll -> assertPoll(poll, FAILED, NOTHING));
            assertThat(snapshots).isEmpty();
        } else if (fault == EndpointFault.VANISHED_PARTICIPANTS) {
            assertThat(polls)
                    .allMatch(poll -> poll.outcome() == OK)
                    .allMatch(poll -> poll.counts().skipped().isEmpty())
                    .allMatch(poll -> poll.counts().published() > 0)
                    .anyMatch(poll -> poll.counts().published() < NODES);
        } else {
            checkNewest(fault, polls.get(0));
            assertThat(polls.subList(1, EPOCHS)).allSatisfy(poll -> assertPoll(poll, OK, ALL));
            assertThat(snapshots)
                    .hasSize(polls.stream()
                            .mapToInt(poll -> (int) poll.counts().published())
                            .sum());
        }
    }

    /** Some faults affect the last ended epoch only. */
    private static void checkNewest(EndpointFault fault, Poll poll) {
        switch (fault) {
            case REWARDS_NOT_READY -> assertPoll(poll, FAILED, allSkipped("not_ready"));
            case LATEST_AHEAD_OF_CURRENT -> {
                boolean tracker = poll.kind().equals("gonka-tracker");
                assertPoll(poll, tracker ? PARTIAL : FAILED, tracker ? allSkipped("no_answer") : NOTHING);
            }
            default -> assertPoll(poll, OK, ALL);
        }
    }

    private static Counts allSkipped(String reason) {
        return new Counts(0, Map.of(reason, (long) NODES));
    }

    private static void assertPoll(Poll poll, Outcome outcome, Counts counts) {
        assertThat(poll.outcome()).as(poll.toString()).isEqualTo(outcome);
        assertThat(poll.counts()).as(poll.toString()).isEqualTo(counts);
        assertThat(poll.error() != null).as(poll.toString()).isEqualTo(outcome == FAILED);
    }

    private static Set<List<Object>> settled(List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> List.<Object>of(snapshot.node(), snapshot.epoch()))
                .collect(Collectors.toSet());
    }
}
