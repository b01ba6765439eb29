package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.networksimulator.NetworkTruth.SettlementTruth;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Polls a network with faults for days: published snapshots are true, and no settlement is missing. */
@Tag("slow")
class SimulatedDaysTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(67);
    private static final int STEPS_WITH_FAULTS = 170;
    private static final int STEPS_WITHOUT = 80;
    private static final int PARTICIPANTS = 80;
    private static final BigInteger GNK = BigInteger.TEN.pow(9);

    /** They cost seconds per request and have tests of their own. */
    private static final Set<EndpointFault> TOO_SLOW = EnumSet.of(EndpointFault.SLOW_BODY, EndpointFault.ENDLESS_BODY);

    private final SteppedClock clock = SteppedClock.at(START);
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(4).participants(PARTICIPANTS).retainedBlocks(500_000), clock);
    private final ChainCalendar calendar = network.calendar();
    private final List<SimulatedEndpoint> trackers = List.of(network.openTracker(), network.openTracker());
    private final List<SimulatedEndpoint> nodes = List.of(network.openNode(), network.openNode());
    private final TrackerDriver tracker = new TrackerDriver(new GonkaTrackerType(), trackers, clock);
    private final TrackerDriver node = new TrackerDriver(new GonkaNodeType(), nodes, clock);
    private final List<EndpointFault> faults = Arrays.stream(EndpointFault.values())
            .filter(fault -> fault.occurrence() != FaultOccurrence.ALWAYS && !TOO_SLOW.contains(fault))
            .toList();
    private final Random random = new Random(12);

    @AfterEach
    void close() {
        tracker.close();
        node.close();
        trackers.forEach(SimulatedEndpoint::close);
        nodes.forEach(SimulatedEndpoint::close);
    }

    @Test
    void publishesTruthAndEverySettlement() throws InterruptedException {
        for (int step = 0; step < STEPS_WITH_FAULTS + STEPS_WITHOUT; step++) {
            clock.advance(STEP);
            injectFaults(step < STEPS_WITH_FAULTS);
            tracker.pollAndSettle();
            node.pollAndSettle();
        }
        assertThat(compareLiveSnapshots(tracker)).isGreaterThan(PARTICIPANTS * 150);
        assertThat(compareLiveSnapshots(node)).isGreaterThan(PARTICIPANTS * 150);
        assertThat(compareSettlements(tracker, true)).isGreaterThan(PARTICIPANTS * 8);
        assertThat(compareSettlements(node, false)).isGreaterThan(PARTICIPANTS * 8);
        assertPollsAddUp(tracker);
        assertPollsAddUp(node);
    }

    /** At most one endpoint of each type has a fault, so that failover is possible. */
    private void injectFaults(boolean enabled) {
        for (List<SimulatedEndpoint> endpoints : List.of(trackers, nodes)) {
            endpoints.forEach(SimulatedEndpoint::removeAllFaults);
            if (enabled && random.nextInt(3) > 0) {
                SimulatedEndpoint endpoint = endpoints.get(random.nextInt(2));
                endpoint.injectFaults(faults.get(random.nextInt(faults.size())));
            }
        }
    }

    private int compareLiveSnapshots(TrackerDriver driver) {
        int compared = 0;
        for (Snapshot snapshot : driver.publisher.snapshots()) {
            if (snapshot instanceof LiveSnapshot live && live.origin().height() != null) {
                assertThat(work(live.counters()))
                        .as("%s in epoch %s at %s", live.node(), live.epoch(), live.origin())
                        .isEqualTo(work(network.truth()
                                .liveCounters(
                                        live.node(), live.epoch(), live.origin().height())));
                compared++;
            }
        }
        return compared;
    }

    private int compareSettlements(TrackerDriver driver, boolean floored) {
        Map<Long, Map<NodeIdentifier, SettledSnapshot>> last = lastSettlements(driver);
        long running = calendar.currentEpoch(calendar.heightAt(clock.instant()));
        long first = calendar.currentEpoch(calendar.heightAt(START));
        int compared = 0;
        for (long epoch = first; epoch < running - 2; epoch++) {
            for (NodeIdentifier member : network.nodes(epoch).toList()) {
                Map<NodeIdentifier, SettledSnapshot> settled = last.getOrDefault(epoch, Map.of());
                assertThat(settled).as("settlements of epoch %s", epoch).containsKey(member);
                compare(requireNonNull(settled.get(member)), truth(member, epoch), floored);
                compared++;
            }
        }
        return compared;
    }

    private void compare(SettledSnapshot settled, SettlementTruth truth, boolean floored) {
        assertThat(settled.settlement().claim())
                .isEqualTo(truth.settlement().claimed() ? ClaimState.CLAIMED : ClaimState.FORFEITED);
        BigInteger rewarded = truth.settlement().rewarded().amount();
        assertThat(settled.settlement().rewarded().amount())
                .isEqualTo(floored ? rewarded.divide(GNK).multiply(GNK) : rewarded);
        assertThat(settled.settlement().approximate()).isEqualTo(floored);
        if (!floored) {
            assertThat(work(settled.counters()))
                    .isEqualTo(work(truth.settlement().work()));
            assertThat(settled.settlement().settledAt()).isEqualTo(truth.settledAt());
            assertThat(settled.settlement().forfeitedAt())
                    .isEqualTo(truth.forfeitedAt().orElse(null));
        } else {
            assertThat(Duration.between(settled.settlement().settledAt(), truth.settledAt())
                            .abs())
                    .isLessThan(Duration.ofMinutes(5));
        }
    }

    private static Map<Long, Map<NodeIdentifier, SettledSnapshot>> lastSettlements(TrackerDriver driver) {
        Map<Long, Map<NodeIdentifier, SettledSnapshot>> last = new HashMap<>();
        for (Snapshot snapshot : driver.publisher.snapshots()) {
            if (snapshot instanceof SettledSnapshot settled) {
                last.computeIfAbsent(settled.epoch(), epoch -> new HashMap<>())
                        .merge(settled.node(), settled, SimulatedDaysTest::newer);
            }
        }
        return last;
    }

    private static SettledSnapshot newer(SettledSnapshot one, SettledSnapshot other) {
        return other.origin().observedAt().isBefore(one.origin().observedAt()) ? one : other;
    }

    private static void assertPollsAddUp(TrackerDriver driver) {
        assertThat(driver.publisher.polls().stream()
                        .mapToLong(poll -> poll.counts().published())
                        .sum())
                .isEqualTo(driver.publisher.snapshots().size());
        assertThat(driver.publisher.polls()).extracting(Poll::outcome).contains(Outcome.OK, Outcome.PARTIAL);
        assertThat(driver.publisher.polls())
                .filteredOn(poll -> poll.outcome() == Outcome.FAILED)
                .allMatch(poll -> poll.error() != null);
    }

    private SettlementTruth truth(NodeIdentifier member, long epoch) {
        return network.truth().settlement(member, epoch, clock.instant()).orElseThrow();
    }

    /** Some faults change missed and validated counts; inferences and earnings are always correct. */
    private static List<Object> work(NodeCounters counters) {
        return List.of(counters.inferences(), counters.earned());
    }

    private static List<Object> work(SimulatedCounters counters) {
        return List.of(counters.inferences(), Ngonka.of(counters.earned()));
    }
}
