package io.gonkapulse.trackerpoller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.polling.TestPollerContext;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.TestTracker;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a tracker's thread handles an {@link Error}. */
@Tag("slow")
class TrackerRunnerErrorTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final TrackerName DEMO = new TrackerName("demo");

    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();
    private final AssignedTrackerRegistry assignedTrackers = new AssignedTrackerRegistry(
            name -> tracker(),
            TestPollerContext.context(CLOCK).haltProcess(halts::incrementAndGet).build());
    private Error error = new Error("not thrown yet");

    @AfterEach
    void stop() {
        assignedTrackers.onRevoked(DEMO);
    }

    @Test
    void haltsOnVirtualMachineError() {
        pollThrowing(new StackOverflowError("thrown by the test"));
        await().atMost(TIMEOUT).until(() -> halts.get() == 1);
        assertThat(polls).hasValue(1);
    }

    @Test
    void continuesAfterOtherErrors() {
        pollThrowing(new NoClassDefFoundError("thrown by the test"));
        await().atMost(TIMEOUT).until(() -> polls.get() >= 2);
        assertThat(halts).hasValue(0);
    }

    private void pollThrowing(Error thrown) {
        error = thrown;
        assignedTrackers.onAssigned(DEMO, new InitialBackfillState() {
            @Override
            public boolean isPending() {
                return false;
            }

            @Override
            public void markDone() {}
        });
    }

    private Tracker tracker() {
        return TestTracker.tracker(new FailingTrackerApi(), CLOCK).at(List.of("http://127.0.0.1:9"));
    }

    private final class FailingTrackerApi implements TrackerApi {

        @Override
        public CurrentEpochResponse currentEpoch(TrackerClient client) {
            polls.incrementAndGet();
            throw error;
        }

        @Override
        public PastEpoch pastEpoch(TrackerClient client, long epoch) {
            throw error;
        }

        @Override
        public Optional<NodeResult> nodeResult(TrackerClient client, PastEpoch epoch, NodeIdentifier node) {
            throw error;
        }

        @Override
        public Optional<NodeHardware> hardware(TrackerClient client, NodeIdentifier node) {
            throw error;
        }
    }
}
