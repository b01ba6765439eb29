package io.gonkapulse.trackerpoller.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.settlement.SettlementResult;
import io.gonkapulse.trackerpoller.settlement.SettlementResult.SettlementCompletion;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An old epoch is asked for while its tracker, or Kafka, is away: nothing is known of it then, not even that it is lost. */
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

    private void assertRecovers(TrackerType kind, SimulatedEndpoint only) throws InterruptedException {
        try (SimulatedEndpoint face = only;
                TrackerDriver polled = new TrackerDriver(kind, List.of(face), clock)) {
            polled.observe();
            face.stop();
            for (int i = 0; i < 4; i++) {
                assertTransientFailure(polled.backfill(epoch));
            }
            face.start();
            clock.advance(Duration.ofMinutes(1));
            // A circuit that closes lets only few pass at first, but those that it let pass have closed it.
            SettlementResult first = polled.backfill(epoch);
            assertFetched(first.completion() == SettlementCompletion.INCOMPLETE ? polled.backfill(epoch) : first);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTML_WITH_STATUS_200", "SERVICE_UNAVAILABLE", "TOO_MANY_REQUESTS", "RESET_MID_BODY"})
    void treatsProxyErrorsAsTransient(EndpointFault quirk) throws InterruptedException {
        try (SimulatedEndpoint face = network.openTracker();
                TrackerDriver polled = new TrackerDriver(new GonkaTrackerType(), List.of(face), clock)) {
            polled.observe();
            face.injectFaults(quirk);
            for (int i = 0; i < 4; i++) {
                assertTransientFailure(polled.backfill(epoch));
            }
        }
    }

    @Test
    void recoversFromPublishingFailure() throws InterruptedException {
        try (SimulatedEndpoint face = network.openNode();
                TrackerDriver polled = new TrackerDriver(new GonkaNodeType(), List.of(face), clock)) {
            polled.publisher.fail();
            assertTransientFailure(polled.backfill(epoch));
            polled.publisher.recover();
            assertFetched(polled.backfill(epoch));
        }
    }

    @Test
    void reportsUnknownEpochAsIncomplete() throws InterruptedException {
        try (SimulatedEndpoint face = network.openNode();
                TrackerDriver polled = new TrackerDriver(new GonkaNodeType(), List.of(face), clock)) {
            for (int i = 0; i < 4; i++) {
                SettlementResult round = polled.backfill(UNKNOWN_EPOCH);
                assertThat(round.poll().outcome()).isEqualTo(Outcome.FAILED);
                assertThat(round.completion()).isEqualTo(SettlementCompletion.INCOMPLETE);
            }
        }
    }

    private static void assertTransientFailure(SettlementResult round) {
        assertThat(round.poll().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(round.completion()).as(round.toString()).isEqualTo(SettlementCompletion.TRANSIENT_FAILURE);
    }

    private static void assertFetched(SettlementResult round) {
        assertThat(round.completion()).isEqualTo(SettlementCompletion.DONE);
        assertThat(round.poll().outcome()).isEqualTo(Outcome.OK);
        assertThat(round.poll().counts().published()).isEqualTo(NODES);
    }
}
