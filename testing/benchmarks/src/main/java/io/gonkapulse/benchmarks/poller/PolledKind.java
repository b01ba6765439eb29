package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.site.SiteSettings;
import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The kinds of trackers, and how one is polled here. */
enum PolledKind {
    TRACKER,
    NODE;

    /** Stands still, so that every poll asks and gets the same. */
    static final InstantSource CLOCK = () -> Instant.parse("2026-03-01T12:00:00Z");

    /** The largest answers are far larger than those that a poller takes unless it is told to. */
    private static final long BODY_LIMIT = 256L << 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    String word() {
        return kind().name();
    }

    Tracker at(String url) {
        return new Tracker(settings(), kind().source(), sites(url));
    }

    private TrackerKind kind() {
        return switch (this) {
            case TRACKER -> new GonkaTracker();
            case NODE -> new GonkaNode();
        };
    }

    private TrackerSettings settings() {
        Duration hour = Duration.ofHours(1);
        return new TrackerSettings(
                new TrackerName("bench"), word(), MINUTE, true, MINUTE, Duration.ofMinutes(5), 0, hour, hour, 0, 3);
    }

    private static Sites sites(String url) {
        SiteSettings settings = new SiteSettings(List.of(url), MINUTE, MINUTE, BODY_LIMIT, 100_000, 4);
        return new Sites("bench", settings, CLOCK, (asked, outcome, took) -> {});
    }
}
