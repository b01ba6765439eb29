package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.FactLimits;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Counts;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.face.Route;
import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Hardware;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.NodeResult.Rewarded;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How often nodes are asked about while epochs are settled. */
class SettlementRequestsTest {

    private static final int NODES = 12;
    private static final int EPOCHS = 4;
    private static final int ATTEMPTS_UNTIL_NONE = 12;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).shares(BehaviourShares.calm()), clock);

    @Test
    void asksATrackerOncePerNodeForAllEpochs() throws InterruptedException {
        try (Face face = network.openTracker();
                PolledTracker polled = new PolledTracker(new GonkaTracker(), List.of(face), clock)) {
            polled.poll();
            assertThat(polled.outlet.snapshots())
                    .filteredOn(SettledSnapshot.class::isInstance)
                    .hasSize(NODES * EPOCHS);
            assertThat(face.requests(Route.PARTICIPANT))
                    .as("one for each node and epoch would be %s", NODES * EPOCHS)
                    .isEqualTo(NODES);
        }
    }

    /** A claim shows in the next round, because what was told before answers only once. */
    @Test
    void asksATrackerAnewInTheNextRound() throws InterruptedException {
        try (Face face = network.openTracker();
                PolledTracker polled = new PolledTracker(new GonkaTracker(), List.of(face), clock)) {
            long epoch =
                    network.calendar().newestSettledEpoch(network.calendar().heightAt(clock.instant()));
            clock.moveTo(network.calendar()
                    .blockTime(network.calendar().effectiveHeight(epoch + 1))
                    .plusSeconds(30));
            polled.poll();
            long first = face.requests(Route.PARTICIPANT);
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
            assertThat(face.requests(Route.PARTICIPANT) - first).isBetween(1L, (long) NODES);
        }
    }

    @Test
    void endsAnEpochOfANodeWithoutASummary() throws InterruptedException {
        NodeIdentifier without = network.nodes().findFirst().orElseThrow();
        Map<Long, Integer> attempts = new ConcurrentHashMap<>();
        TrackerKind kind = new Changed((node, epoch, result) -> {
            if (node.equals(without)) {
                attempts.merge(epoch, 1, Integer::sum);
                return Optional.empty();
            }
            return result;
        });
        try (Face face = network.openNode();
                PolledTracker polled = new PolledTracker(kind, List.of(face), clock)) {
            polled.meet();
            for (int round = 0; round < 3 * ATTEMPTS_UNTIL_NONE; round++) {
                polled.settle();
                clock.advance(Duration.ofMinutes(16));
            }
            assertThat(attempts)
                    .hasSize(EPOCHS)
                    .allSatisfy((epoch, asked) -> assertThat(asked).isEqualTo(ATTEMPTS_UNTIL_NONE));

            long polls = settlementPolls(polled);
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
            assertThat(settlementPolls(polled)).as("nothing is open any more").isEqualTo(polls);
        }
    }

    @Test
    void asksAgainForWhatIsOutOfBounds() throws InterruptedException {
        NodeIdentifier absurd = network.nodes().findFirst().orElseThrow();
        AtomicReference<Ngonka> reward = new AtomicReference<>(new Ngonka(BigInteger.TEN.pow(39)));
        TrackerKind kind = new Changed((node, epoch, result) -> node.equals(absurd)
                ? Optional.of(new Rewarded(Counters.ZERO, requireNonNull(reward.get()), true, false))
                : result);
        try (Face face = network.openNode();
                PolledTracker polled = new PolledTracker(kind, List.of(face), clock)) {
            polled.poll();
            assertThat(polled.outlet.polls().subList(1, 1 + EPOCHS))
                    .allSatisfy(poll ->
                            assertThat(poll.counts()).isEqualTo(new Counts(NODES - 1, Map.of("out_of_bounds", 1L))));

            reward.set(FactLimits.MAX_AMOUNT);
            polled.outlet.takeSnapshots();
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
            assertThat(polled.outlet.takeSnapshots())
                    .filteredOn(snapshot -> snapshot.node().equals(absurd))
                    .hasSize(EPOCHS);
        }
    }

    private static long settlementPolls(PolledTracker polled) {
        return polled.outlet.polls().stream()
                .map(Poll::purpose)
                .filter(Purpose.SETTLEMENT::equals)
                .count();
    }

    private interface Change {
        Optional<NodeResult> apply(NodeIdentifier node, long epoch, Optional<NodeResult> result);
    }

    /** A chain node that says something else of some results. */
    private record Changed(Change change) implements TrackerKind {

        @Override
        public String name() {
            return "gonka-node";
        }

        @Override
        public Source source() {
            Source real = new GonkaNode().source();
            return new Source() {
                @Override
                public CurrentEpoch current(Site site) {
                    return real.current(site);
                }

                @Override
                public PastEpoch past(Site site, long epoch) {
                    return real.past(site, epoch);
                }

                @Override
                public Optional<NodeResult> result(Site site, PastEpoch epoch, NodeIdentifier node) {
                    return change.apply(node, epoch.epoch(), real.result(site, epoch, node));
                }

                @Override
                public Optional<Hardware> hardware(Site site, NodeIdentifier node) {
                    return real.hardware(site, node);
                }
            };
        }
    }
}
