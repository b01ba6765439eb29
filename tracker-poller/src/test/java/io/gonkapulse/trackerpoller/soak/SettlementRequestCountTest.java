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
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
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

/** Counts the requests for nodes during settlement. */
class SettlementRequestCountTest {

    private static final int NODES = 12;
    private static final int EPOCHS = 4;
    private static final int MAX_MISSING_ATTEMPTS = 12;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).behaviour(BehaviourFrequencies.steady()), clock);

    @Test
    void requestsEachNodeOnceForAllEpochs() throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openTracker();
                TrackerDriver driver = new TrackerDriver(new GonkaTrackerType(), List.of(endpoint), clock)) {
            driver.pollAndSettle();
            assertThat(driver.publisher.snapshots())
                    .filteredOn(SettledSnapshot.class::isInstance)
                    .hasSize(NODES * EPOCHS);
            assertThat(endpoint.requestCount(EndpointRoute.PARTICIPANT))
                    .as("one per node and epoch would be %s", NODES * EPOCHS)
                    .isEqualTo(NODES);
        }
    }

    /** A claim shows in the next attempt, because a cached reward is used once only. */
    @Test
    void requestsAgainInNextAttempt() throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openTracker();
                TrackerDriver driver = new TrackerDriver(new GonkaTrackerType(), List.of(endpoint), clock)) {
            long epoch =
                    network.calendar().newestSettledEpoch(network.calendar().heightAt(clock.instant()));
            clock.setTo(network.calendar()
                    .blockTime(network.calendar().effectiveHeight(epoch + 1))
                    .plusSeconds(30));
            driver.pollAndSettle();
            long first = endpoint.requestCount(EndpointRoute.PARTICIPANT);
            clock.advance(Duration.ofMinutes(16));
            driver.settle();
            assertThat(endpoint.requestCount(EndpointRoute.PARTICIPANT) - first).isBetween(1L, (long) NODES);
        }
    }

    @Test
    void completesEpochOfNodeWithoutSummary() throws InterruptedException {
        NodeIdentifier without = network.nodes().findFirst().orElseThrow();
        Map<Long, Integer> attempts = new ConcurrentHashMap<>();
        TrackerType type = new ChangedTrackerType((node, epoch, result) -> {
            if (node.equals(without)) {
                attempts.merge(epoch, 1, Integer::sum);
                return Optional.empty();
            }
            return result;
        });
        try (SimulatedEndpoint endpoint = network.openNode();
                TrackerDriver driver = new TrackerDriver(type, List.of(endpoint), clock)) {
            driver.observe();
            for (int attempt = 0; attempt < 3 * MAX_MISSING_ATTEMPTS; attempt++) {
                driver.settle();
                clock.advance(Duration.ofMinutes(16));
            }
            assertThat(attempts)
                    .hasSize(EPOCHS)
                    .allSatisfy((epoch, count) -> assertThat(count).isEqualTo(MAX_MISSING_ATTEMPTS));

            long polls = settlementPolls(driver);
            clock.advance(Duration.ofMinutes(16));
            driver.settle();
            assertThat(settlementPolls(driver)).as("no epoch is open").isEqualTo(polls);
        }
    }

    @Test
    void retriesResultsOutOfBounds() throws InterruptedException {
        NodeIdentifier absurd = network.nodes().findFirst().orElseThrow();
        AtomicReference<Ngonka> reward = new AtomicReference<>(new Ngonka(BigInteger.TEN.pow(39)));
        TrackerType type = new ChangedTrackerType((node, epoch, result) -> node.equals(absurd)
                ? Optional.of(new RewardedResult(NodeCounters.ZERO, requireNonNull(reward.get()), true, false))
                : result);
        try (SimulatedEndpoint endpoint = network.openNode();
                TrackerDriver driver = new TrackerDriver(type, List.of(endpoint), clock)) {
            driver.pollAndSettle();
            assertThat(driver.publisher.polls().subList(1, 1 + EPOCHS))
                    .allSatisfy(poll ->
                            assertThat(poll.counts()).isEqualTo(new Counts(NODES - 1, Map.of("out_of_bounds", 1L))));

            reward.set(MessageLimits.MAX_AMOUNT);
            driver.publisher.drainSnapshots();
            clock.advance(Duration.ofMinutes(16));
            driver.settle();
            assertThat(driver.publisher.drainSnapshots())
                    .filteredOn(snapshot -> snapshot.node().equals(absurd))
                    .hasSize(EPOCHS);
        }
    }

    private static long settlementPolls(TrackerDriver driver) {
        return driver.publisher.polls().stream()
                .map(Poll::purpose)
                .filter(Purpose.SETTLEMENT::equals)
                .count();
    }

    private interface ResultChange {
        Optional<NodeResult> apply(NodeIdentifier node, long epoch, Optional<NodeResult> result);
    }

    /** A chain node with modified results. */
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
                public CurrentEpochResponse currentEpoch(TrackerClient client) {
                    return real.currentEpoch(client);
                }

                @Override
                public PastEpoch pastEpoch(TrackerClient client, long epoch) {
                    return real.pastEpoch(client, epoch);
                }

                @Override
                public Optional<NodeResult> nodeResult(TrackerClient client, PastEpoch epoch, NodeIdentifier node) {
                    return change.apply(node, epoch.epoch(), real.nodeResult(client, epoch, node));
                }

                @Override
                public Optional<NodeHardware> hardware(TrackerClient client, NodeIdentifier node) {
                    return real.hardware(client, node);
                }
            };
        }
    }
}
