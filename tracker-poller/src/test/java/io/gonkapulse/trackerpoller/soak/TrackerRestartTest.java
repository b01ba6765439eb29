package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A restarted tracker lists all stored rows and reports the height of the oldest. */
class TrackerRestartTest {

    private static final int NODES = 12;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:05Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).behaviour(BehaviourFrequencies.steady()), clock);
    private final SimulatedEndpoint endpoint = network.openTracker();
    private final TrackerDriver driver = new TrackerDriver(new GonkaTrackerType(), List.of(endpoint), clock);

    @AfterEach
    void close() {
        driver.close();
        endpoint.close();
    }

    @Test
    void datesStoredRowsByNewest() {
        driver.pollCurrentEpoch();
        SnapshotOrigin newest = driver.publisher.drainSnapshots().get(0).origin();
        endpoint.injectFaults(EndpointFault.OLDEST_ROW_FIRST);
        clock.advance(Duration.ofSeconds(10));

        Poll poll = driver.pollCurrentEpoch();
        assertThat(poll.counts().published()).as(poll.toString()).isEqualTo(NODES);
        assertThat(driver.publisher.drainSnapshots()).hasSize(NODES).allSatisfy(snapshot -> {
            assertThat(snapshot.origin().height()).isEqualTo(newest.height());
            assertThat(snapshot.origin().observedAt()).isEqualTo(newest.observedAt());
            assertThat(snapshot.counters().inferences()).isEqualTo(inferences(snapshot));
        });
    }

    @Test
    void rejectsRowsOfUnknownTime() {
        endpoint.injectFaults(EndpointFault.OLDEST_ROW_FIRST);
        Poll poll = driver.pollCurrentEpoch();
        assertThat(driver.publisher.drainSnapshots()).isEmpty();
        assertThat(poll.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(poll.error()).contains("stored rows");

        endpoint.removeAllFaults();
        assertThat(driver.pollCurrentEpoch().outcome()).isEqualTo(Outcome.OK);
    }

    private long inferences(Snapshot snapshot) {
        return network.truth()
                .liveCounters(
                        snapshot.node(),
                        snapshot.epoch(),
                        requireNonNull(snapshot.origin().height()))
                .inferences();
    }
}
