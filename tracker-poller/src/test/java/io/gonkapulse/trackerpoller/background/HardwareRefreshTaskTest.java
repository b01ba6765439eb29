package io.gonkapulse.trackerpoller.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.EndpointRoute;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.trackerapi.TestTracker;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HardwareRefreshTaskTest {

    private static final int BATCH_SIZE = 20;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(40), clock);
    private final SimulatedEndpoint endpoint = network.openTracker();
    private final Tracker tracker =
            TestTracker.tracker(new GonkaTrackerType().createApi(), clock).at(List.of(endpoint.url()));
    private final HardwareRefreshTask task = new HardwareRefreshTask(tracker, clock);
    private final List<NodeIdentifier> nodes = network.nodes(
                    network.calendar().currentEpoch(network.calendar().heightAt(clock.instant())))
            .limit(BATCH_SIZE + 5)
            .toList();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void refreshesInBatchesOnceADay() {
        assertThat(task.refresh(nodes)).isTrue();
        assertThat(requestCount()).isEqualTo(BATCH_SIZE);
        assertThat(task.refresh(nodes)).isTrue();
        assertThat(requestCount()).isEqualTo(nodes.size());
        assertThat(task.refresh(nodes)).isFalse();
        assertThat(nodes)
                .anyMatch(
                        node -> tracker.hardware().enrich(node, NodeFacts.NONE).gpuType() != null);

        clock.advance(Duration.ofHours(25));
        assertThat(task.refresh(nodes)).isTrue();
        assertThat(requestCount()).isEqualTo(nodes.size() + BATCH_SIZE);
    }

    @Test
    void pausesAfterFirstFailure() {
        endpoint.injectFaults(EndpointFault.HTML_WITH_STATUS_200);
        assertThat(task.refresh(nodes)).isTrue();
        long failed = requestCount();
        assertThat(failed).isLessThanOrEqualTo(1);
        endpoint.removeAllFaults();
        assertThat(task.refresh(nodes)).isFalse();
        assertThat(requestCount()).isEqualTo(failed);

        clock.advance(Duration.ofMinutes(6));
        assertThat(task.refresh(nodes)).isTrue();
        assertThat(requestCount()).isEqualTo(failed + BATCH_SIZE);
    }

    private long requestCount() {
        return endpoint.requestCount(EndpointRoute.PARTICIPANT);
    }
}
