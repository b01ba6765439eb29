package io.gonkapulse.trackerpoller.soak;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.trackerpoller.background.SettlementProcessor;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult;
import io.gonkapulse.trackerpoller.background.SettlementSchedule;
import io.gonkapulse.trackerpoller.fixtures.CollectingPublisher;
import io.gonkapulse.trackerpoller.fixtures.TestPollerContext;
import io.gonkapulse.trackerpoller.fixtures.TestPollingSettings;
import io.gonkapulse.trackerpoller.fixtures.TestTracker;
import io.gonkapulse.trackerpoller.polling.EpochPoller;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All work of the poller for one tracker, step by step on the test's thread. */
final class TrackerDriver implements AutoCloseable {

    final CollectingPublisher publisher = new CollectingPublisher();
    private final ExecutorService executor = Executors.newFixedThreadPool(3);
    private final SteppedClock clock;
    private final SettlementSchedule schedule;
    private final EpochPoller epochPoller;
    private final SettlementProcessor settlements;

    TrackerDriver(TrackerType type, List<SimulatedEndpoint> endpoints, SteppedClock clock) {
        this(type, clock, endpoints.stream().map(SimulatedEndpoint::url).toList());
    }

    TrackerDriver(TrackerType type, SteppedClock clock, List<String> urls) {
        this.clock = clock;
        Tracker tracker = TestTracker.tracker(type.createApi(), clock)
                .settings(TestPollingSettings.settings().kind(type.name()).settledEpochs(4))
                .at(urls);
        this.schedule = new SettlementSchedule(tracker.settings());
        this.epochPoller = new EpochPoller(tracker, publisher, "test", clock);
        this.settlements = new SettlementProcessor(tracker, schedule, TestPollerContext.context(clock).publisher(publisher).build(), executor);
    }

    Poll pollCurrentEpoch() {
        return epochPoller.poll().poll();
    }

    void pollAndSettle() throws InterruptedException {
        observe();
        settle();
    }

    void observe() {
        epochPoller.poll().observed().ifPresent(seen -> schedule.observe(seen, clock.instant()));
    }

    void settle() throws InterruptedException {
        while (settlements.settleOne().isPresent()) {
            // Repeats until no epoch is due.
        }
    }

    SettlementResult backfill(long epoch) throws InterruptedException {
        return settlements.backfill(epoch);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
