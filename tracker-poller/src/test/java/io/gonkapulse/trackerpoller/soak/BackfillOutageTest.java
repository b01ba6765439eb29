package io.gonkapulse.trackerpoller.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult.SettlementCompletion;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backfills while the tracker or Kafka is unavailable: the epoch is neither fetched nor skipped. */
@Tag("slow")
class BackfillOutageTest {

    private static final int NODES = 12;
    private static final long UNKNOWN_EPOCH = 9_999;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).behaviour(BehaviourFrequencies.steady()), clock);
    private final long epoch =
            network.calendar().newestSettledEpoch(network.calendar().heightAt(clock.instant())) - 1;

    @Test
    void recoversFromTrackerOutage() throws InterruptedException {
        assertRecovers(new GonkaTrackerType(), network.openTracker());
    }

    @Test
    void recoversFromChainNodeOutage() throws InterruptedException {
        assertRecovers(new GonkaNodeType(), network.openNode());
    }

    private void assertRecovers(TrackerType type, SimulatedEndpoint endpoint) throws InterruptedException {
        try (endpoint;
                TrackerDriver driver = new TrackerDriver(type, List.of(endpoint), clock)) {
            driver.observe();
            endpoint.stop();
            for (int i = 0; i < 4; i++) {
                assertTransientFailure(driver.backfill(epoch));
            }
            endpoint.start();
            clock.advance(Duration.ofMinutes(1));
            // A half-open circuit lets only a few requests pass, but they close it.
            SettlementResult first = driver.backfill(epoch);
            assertFetched(first.completion() == SettlementCompletion.INCOMPLETE ? driver.backfill(epoch) : first);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTML_WITH_STATUS_200", "SERVICE_UNAVAILABLE", "TOO_MANY_REQUESTS", "RESET_MID_BODY"})
    void treatsProxyErrorsAsTransient(EndpointFault fault) throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openTracker();
                TrackerDriver driver = new TrackerDriver(new GonkaTrackerType(), List.of(endpoint), clock)) {
            driver.observe();
            endpoint.injectFaults(fault);
            for (int i = 0; i < 4; i++) {
                assertTransientFailure(driver.backfill(epoch));
            }
        }
    }

    @Test
    void recoversFromPublishingFailure() throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openNode();
                TrackerDriver driver = new TrackerDriver(new GonkaNodeType(), List.of(endpoint), clock)) {
            driver.publisher.fail();
            assertTransientFailure(driver.backfill(epoch));
            driver.publisher.recover();
            assertFetched(driver.backfill(epoch));
        }
    }

    @Test
    void reportsUnknownEpochAsIncomplete() throws InterruptedException {
        try (SimulatedEndpoint endpoint = network.openNode();
                TrackerDriver driver = new TrackerDriver(new GonkaNodeType(), List.of(endpoint), clock)) {
            for (int i = 0; i < 4; i++) {
                SettlementResult result = driver.backfill(UNKNOWN_EPOCH);
                assertThat(result.poll().outcome()).isEqualTo(Outcome.FAILED);
                assertThat(result.completion()).isEqualTo(SettlementCompletion.INCOMPLETE);
            }
        }
    }

    private static void assertTransientFailure(SettlementResult result) {
        assertThat(result.poll().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.completion()).as(result.toString()).isEqualTo(SettlementCompletion.TRANSIENT_FAILURE);
    }

    private static void assertFetched(SettlementResult result) {
        assertThat(result.completion()).isEqualTo(SettlementCompletion.DONE);
        assertThat(result.poll().outcome()).isEqualTo(Outcome.OK);
        assertThat(result.poll().counts().published()).isEqualTo(NODES);
    }
}
