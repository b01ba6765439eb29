package io.gonkapulse.trackerpoller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.fixtures.CollectingOutlet;
import io.gonkapulse.trackerpoller.fixtures.Trackers;
import io.gonkapulse.trackerpoller.own.FirstMeeting;
import io.gonkapulse.trackerpoller.own.HeldLease;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteSettings;
import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Hardware;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.telling.PollLog;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a tracker's thread in which something worse than an exception happens. */
class FailingMachineTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final TrackerName DEMO = new TrackerName("demo");

    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();
    private final Fleet fleet = new Fleet(
            name -> tracker(),
            new Surroundings(
                    "test",
                    new CollectingOutlet(),
                    order -> {},
                    HeldLease.on(CLOCK),
                    new Semaphore(1),
                    new PollLog(CLOCK),
                    CLOCK,
                    halts::incrementAndGet));
    private Error error = new Error("not thrown yet");

    @AfterEach
    void stop() {
        fleet.give(DEMO);
    }

    @Test
    void aFailureOfTheVirtualMachineEndsTheProgram() {
        pollInto(new StackOverflowError("thrown by the test"));
        await().atMost(PATIENCE).until(() -> halts.get() == 1);
        assertThat(polls).hasValue(1);
    }

    @Test
    void anyOtherErrorCostsNoMoreThanItsPoll() {
        pollInto(new NoClassDefFoundError("thrown by the test"));
        await().atMost(PATIENCE).until(() -> polls.get() >= 2);
        assertThat(halts).hasValue(0);
    }

    private void pollInto(Error thrown) {
        error = thrown;
        fleet.take(DEMO, new FirstMeeting() {
            @Override
            public boolean isDue() {
                return false;
            }

            @Override
            public void done() {}
        });
    }

    private Tracker tracker() {
        TrackerSettings settings = Trackers.settings();
        SiteSettings nowhere =
                new SiteSettings(List.of("http://127.0.0.1:9"), PATIENCE, PATIENCE, 1, 1, settings.parallelQuestions());
        return new Tracker(settings, new Failing(), new Sites("demo", nowhere, CLOCK, (url, outcome, took) -> {}));
    }

    private final class Failing implements Source {

        @Override
        public CurrentEpoch current(Site site) {
            polls.incrementAndGet();
            throw error;
        }

        @Override
        public PastEpoch past(Site site, long epoch) {
            throw error;
        }

        @Override
        public Optional<NodeResult> result(Site site, PastEpoch epoch, NodeIdentifier node) {
            throw error;
        }

        @Override
        public Optional<Hardware> hardware(Site site, NodeIdentifier node) {
            throw error;
        }
    }
}
