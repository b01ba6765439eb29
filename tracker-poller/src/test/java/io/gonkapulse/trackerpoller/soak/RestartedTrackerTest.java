package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Origin;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tracker that was just restarted lists all the rows that it had stored, and names the height of the oldest. */
class RestartedTrackerTest {

    private static final int NODES = 12;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:05Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).shares(BehaviourShares.calm()), clock);
    private final Face face = network.openTracker();
    private final PolledTracker polled = new PolledTracker(new GonkaTracker(), List.of(face), clock);

    @AfterEach
    void close() {
        polled.close();
        face.close();
    }

    @Test
    void datesStoredRowsByTheNewest() {
        polled.pollCurrent();
        Origin newest = polled.outlet.takeSnapshots().get(0).origin();
        face.show(Quirk.OLDEST_ROW_FIRST);
        clock.advance(Duration.ofSeconds(10));

        Poll poll = polled.pollCurrent();
        assertThat(poll.counts().published()).as(poll.toString()).isEqualTo(NODES);
        assertThat(polled.outlet.takeSnapshots()).hasSize(NODES).allSatisfy(snapshot -> {
            assertThat(snapshot.origin().height()).isEqualTo(newest.height());
            assertThat(snapshot.origin().observedAt()).isEqualTo(newest.observedAt());
            assertThat(snapshot.counters().inferences()).isEqualTo(inferences(snapshot));
        });
    }

    @Test
    void publishesNoRowsWhoseTimeNobodyTold() {
        face.show(Quirk.OLDEST_ROW_FIRST);
        Poll poll = polled.pollCurrent();
        assertThat(polled.outlet.takeSnapshots()).isEmpty();
        assertThat(poll.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(poll.error()).contains("stored rows");

        face.hideAll();
        assertThat(polled.pollCurrent().outcome()).isEqualTo(Outcome.OK);
    }

    private long inferences(Snapshot snapshot) {
        return network.truth()
                .live(
                        snapshot.node(),
                        snapshot.epoch(),
                        requireNonNull(snapshot.origin().height()))
                .inferences();
    }
}
