package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Counts;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.networksimulator.EndpointRoute;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.RewardedResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
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
class SettlementRequestCountTest {

    private static final int NODES = 12;
    private static final int EPOCHS = 4;
    private static final int MAX_MISSING_ATTEMPTS = 12;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).behaviour(BehaviourFrequencies.steady()), clock);

    @Test
    void requestsEachNodeOnceForAllEpochs() throws InterruptedException {
        try (SimulatedEndpoint face = network.openTracker();
                TrackerDriver polled = new TrackerDriver(new GonkaTrackerType(), List.of(face), clock)) {
            polled.pollAndSettle();
            assertThat(polled.publisher.snapshots())
                    .filteredOn(SettledSnapshot.class::isInstance)
                    .hasSize(NODES * EPOCHS);
            assertThat(face.requestCount(EndpointRoute.PARTICIPANT))
                    .as("one for each node and epoch would be %s", NODES * EPOCHS)
                    .isEqualTo(NODES);
        }
    }

    /** A claim shows in the next round, because what was told before answers only once. */
    @Test
    void requestsAgainInNextAttempt() throws InterruptedException {
        try (SimulatedEndpoint face = network.openTracker();
                TrackerDriver polled = new TrackerDriver(new GonkaTrackerType(), List.of(face), clock)) {
            long epoch =
                    network.calendar().newestSettledEpoch(network.calendar().heightAt(clock.instant()));
            clock.setTo(network.calendar()
                    .blockTime(network.calendar().effectiveHeight(epoch + 1))
                    .plusSeconds(30));
            polled.pollAndSettle();
            long first = face.requestCount(EndpointRoute.PARTICIPANT);
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
            assertThat(face.requestCount(EndpointRoute.PARTICIPANT) - first).isBetween(1L, (long) NODES);
        }
    }

    @Test
    void completesEpochOfNodeWithoutSummary() throws InterruptedException {
        NodeIdentifier without = network.nodes().findFirst().orElseThrow();
        Map<Long, Integer> attempts = new ConcurrentHashMap<>();
        TrackerType kind = new ChangedTrackerType((node, epoch, result) -> {
            if (node.equals(without)) {
                attempts.merge(epoch, 1, Integer::sum);
                return Optional.empty();
            }
            return result;
        });
        try (SimulatedEndpoint face = network.openNode();
                TrackerDriver polled = new TrackerDriver(kind, List.of(face), clock)) {
            polled.observe();
            for (int round = 0; round < 3 * MAX_MISSING_ATTEMPTS; round++) {
                polled.settle();
                clock.advance(Duration.ofMinutes(16));
            }
            assertThat(attempts)
                    .hasSize(EPOCHS)
                    .allSatisfy((epoch, asked) -> assertThat(asked).isEqualTo(MAX_MISSING_ATTEMPTS));

            long polls = settlementPolls(polled);
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
            assertThat(settlementPolls(polled)).as("nothing is open any more").isEqualTo(polls);
        }
    }

    @Test
    void retriesResultsOutOfBounds() throws InterruptedException {
        NodeIdentifier absurd = network.nodes().findFirst().orElseThrow();
        AtomicReference<Ngonka> reward = new AtomicReference<>(new Ngonka(BigInteger.TEN.pow(39)));
        TrackerType kind = new ChangedTrackerType((node, epoch, result) -> node.equals(absurd)
                ? Optional.of(new RewardedResult(NodeCounters.ZERO, requireNonNull(reward.get()), true, false))
                : result);
        try (SimulatedEndpoint face = network.openNode();
                TrackerDriver polled = new TrackerDriver(kind, List.of(face), clock)) {
            polled.pollAndSettle();
            assertThat(polled.publisher.polls().subList(1, 1 + EPOCHS))
                    .allSatisfy(poll ->
                            assertThat(poll.counts()).isEqualTo(new Counts(NODES - 1, Map.of("out_of_bounds", 1L))));

            reward.set(MessageLimits.MAX_AMOUNT);
            polled.publisher.drainSnapshots();
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
            assertThat(polled.publisher.drainSnapshots())
                    .filteredOn(snapshot -> snapshot.node().equals(absurd))
                    .hasSize(EPOCHS);
        }
    }

    private static long settlementPolls(TrackerDriver polled) {
        return polled.publisher.polls().stream()
                .map(Poll::purpose)
                .filter(Purpose.SETTLEMENT::equals)
                .count();
    }

    private interface ResultChange {
        Optional<NodeResult> apply(NodeIdentifier node, long epoch, Optional<NodeResult> result);
    }

    /** A chain node that says something else of some results. */
    private record ChangedTrackerType(ResultChange change) implements TrackerType {

        @Override
        public String name() {
            return "gonka-node";
        }

        @Override
        public TrackerApi createApi() {
            TrackerApi real = new GonkaNodeType().createApi();
            return new TrackerApi() {
                @Override
                public CurrentEpochResponse currentEpoch(TrackerClient site) {
                    return real.currentEpoch(site);
                }

                @Override
                public PastEpoch pastEpoch(TrackerClient site, long epoch) {
                    return real.pastEpoch(site, epoch);
                }

                @Override
                public Optional<NodeResult> nodeResult(TrackerClient site, PastEpoch epoch, NodeIdentifier node) {
                    return change.apply(node, epoch.epoch(), real.nodeResult(site, epoch, node));
                }

                @Override
                public Optional<NodeHardware> hardware(TrackerClient site, NodeIdentifier node) {
                    return real.hardware(site, node);
                }
            };
        }
    }
}
