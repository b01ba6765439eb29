package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.quirk.Quirk.Occurrence;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.testkit.network.truth.SettlementTruth;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
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
import org.junit.jupiter.api.Test;

/** Days of polling a network whose trackers misbehave: what was published is the truth, and nothing final is missing. */
class SimulatedDaysTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(67);
    private static final int STEPS_WITH_FAULTS = 170;
    private static final int STEPS_WITHOUT = 80;
    private static final int PARTICIPANTS = 80;
    private static final BigInteger GNK = BigInteger.TEN.pow(9);

    /** Costs seconds each time, and is shown elsewhere. */
    private static final Set<Quirk> TOO_SLOW = EnumSet.of(Quirk.SLOW_DRIP, Quirk.ENDLESS_BODY);

    private final SteppedClock clock = SteppedClock.at(START);
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(4).participants(PARTICIPANTS).keptBlocks(500_000), clock);
    private final Calendar calendar = network.calendar();
    private final List<Face> trackers = List.of(network.openTracker(), network.openTracker());
    private final List<Face> nodes = List.of(network.openNode(), network.openNode());
    private final PolledTracker tracker = new PolledTracker(new GonkaTracker(), trackers, clock);
    private final PolledTracker node = new PolledTracker(new GonkaNode(), nodes, clock);
    private final List<Quirk> quirks = Arrays.stream(Quirk.values())
            .filter(quirk -> quirk.occurrence() != Occurrence.ALWAYS && !TOO_SLOW.contains(quirk))
            .toList();
    private final Random random = new Random(12);

    @AfterEach
    void close() {
        tracker.close();
        node.close();
        trackers.forEach(Face::close);
        nodes.forEach(Face::close);
    }

    @Test
    void whatIsPublishedIsTrueAndNothingFinalIsMissing() throws InterruptedException {
        for (int step = 0; step < STEPS_WITH_FAULTS + STEPS_WITHOUT; step++) {
            clock.advance(STEP);
            misbehave(step < STEPS_WITH_FAULTS);
            tracker.poll();
            node.poll();
        }
        assertThat(livesCompared(tracker)).isGreaterThan(PARTICIPANTS * 150);
        assertThat(livesCompared(node)).isGreaterThan(PARTICIPANTS * 150);
        assertThat(settlementsCompared(tracker, true)).isGreaterThan(PARTICIPANTS * 8);
        assertThat(settlementsCompared(node, false)).isGreaterThan(PARTICIPANTS * 8);
        everyPollAddsUp(tracker);
        everyPollAddsUp(node);
    }

    /** One face of each kind at most, so that there is always somebody to turn to. */
    private void misbehave(boolean faults) {
        for (List<Face> faces : List.of(trackers, nodes)) {
            faces.forEach(Face::hideAll);
            if (faults && random.nextInt(3) > 0) {
                Face face = faces.get(random.nextInt(2));
                face.show(quirks.get(random.nextInt(quirks.size())));
            }
        }
    }

    private int livesCompared(PolledTracker polled) {
        int compared = 0;
        for (Snapshot snapshot : polled.outlet.snapshots()) {
            if (snapshot instanceof LiveSnapshot live && live.origin().height() != null) {
                assertThat(work(live.counters()))
                        .as("%s in epoch %s at %s", live.node(), live.epoch(), live.origin())
                        .isEqualTo(work(network.truth()
                                .live(live.node(), live.epoch(), live.origin().height())));
                compared++;
            }
        }
        return compared;
    }

    private int settlementsCompared(PolledTracker polled, boolean floored) {
        Map<Long, Map<NodeIdentifier, SettledSnapshot>> last = lastSettlements(polled);
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

    private static Map<Long, Map<NodeIdentifier, SettledSnapshot>> lastSettlements(PolledTracker polled) {
        Map<Long, Map<NodeIdentifier, SettledSnapshot>> last = new HashMap<>();
        for (Snapshot snapshot : polled.outlet.snapshots()) {
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

    private static void everyPollAddsUp(PolledTracker polled) {
        assertThat(polled.outlet.polls().stream()
                        .mapToLong(poll -> poll.counts().published())
                        .sum())
                .isEqualTo(polled.outlet.snapshots().size());
        assertThat(polled.outlet.polls()).extracting(Poll::outcome).contains(Outcome.OK, Outcome.PARTIAL);
        assertThat(polled.outlet.polls())
                .filteredOn(poll -> poll.outcome() == Outcome.FAILED)
                .allMatch(poll -> poll.error() != null);
    }

    private SettlementTruth truth(NodeIdentifier member, long epoch) {
        return network.truth().settlement(member, epoch, clock.instant()).orElseThrow();
    }

    /** Some quirks are odd counts of what was missed and validated; work and coins are always told as they are. */
    private static List<Object> work(Counters counters) {
        return List.of(counters.inferences(), counters.earned());
    }

    private static List<Object> work(io.gonkapulse.testkit.network.model.Counters counters) {
        return List.of(counters.inferences(), Ngonka.of(counters.earned()));
    }
}
