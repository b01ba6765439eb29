package io.gonkapulse.trackerpoller.soak;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.fixtures.CollectingOutlet;
import io.gonkapulse.trackerpoller.fixtures.Trackers;
import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.settle.Round;
import io.gonkapulse.trackerpoller.settle.SettlementPlan;
import io.gonkapulse.trackerpoller.settle.Settling;
import io.gonkapulse.trackerpoller.site.SiteSettings;
import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All that the poller does with one tracker, a step at a time instead of on threads of its own. */
final class PolledTracker implements AutoCloseable {

    final CollectingOutlet outlet = new CollectingOutlet();
    private final ExecutorService askers = Executors.newFixedThreadPool(3);
    private final SteppedClock clock;
    private final SettlementPlan plan;
    private final CurrentPoll current;
    private final Settling settling;

    PolledTracker(TrackerKind kind, List<Face> faces, SteppedClock clock) {
        this(kind, clock, faces.stream().map(Face::url).toList());
    }

    PolledTracker(TrackerKind kind, SteppedClock clock, List<String> urls) {
        this.clock = clock;
        TrackerSettings settings = Trackers.settings(kind.name(), Duration.ofMinutes(1), 4);
        SiteSettings reach = new SiteSettings(urls, Duration.ofSeconds(2), Duration.ofSeconds(2), 16 << 20, 100_000, 4);
        Tracker tracker =
                new Tracker(settings, kind.source(), new Sites("demo", reach, clock, (url, outcome, took) -> {}));
        this.plan = new SettlementPlan(settings);
        this.current = new CurrentPoll(tracker, outlet, "test", clock);
        this.settling = new Settling(tracker, plan, outlet, "test", clock, askers);
    }

    Poll pollCurrent() {
        return current.run().poll();
    }

    void poll() throws InterruptedException {
        meet();
        settle();
    }

    void meet() {
        current.run().seen().ifPresent(seen -> plan.sees(seen, clock.instant()));
    }

    void settle() throws InterruptedException {
        while (settling.settleOne().isPresent()) {
            // The next one that is due.
        }
    }

    Round backfill(long epoch) throws InterruptedException {
        return settling.backfill(epoch);
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
