package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.http.FailoverClient;
import io.gonkapulse.trackerpoller.http.TrackerClientSettings;
import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The tracker types, and how a benchmark polls each. */
enum PolledTrackerType {
    TRACKER,
    NODE;

    /** Fixed, so that every poll sends the same requests and the recorded responses match. */
    static final InstantSource FIXED_CLOCK = () -> Instant.parse("2026-03-01T12:00:00Z");

    /** The largest responses exceed the production default. */
    private static final long BODY_LIMIT = 256L << 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    String typeName() {
        return trackerType().name();
    }

    /** Composes a tracker as the service does, with a rate limit that is never reached. */
    Tracker trackerAt(String url) {
        return new Tracker(settings(), trackerType().createApi(), trackerClients(url));
    }

    private TrackerType trackerType() {
        return switch (this) {
            case TRACKER -> new GonkaTrackerType();
            case NODE -> new GonkaNodeType();
        };
    }

    private PollingSettings settings() {
        Duration hour = Duration.ofHours(1);
        return new PollingSettings(
                new TrackerName("bench"), typeName(), MINUTE, true, MINUTE, Duration.ofMinutes(5), 0, hour, hour, 0, 3);
    }

    private static FailoverClient trackerClients(String url) {
        TrackerClientSettings settings =
                new TrackerClientSettings(List.of(url), MINUTE, MINUTE, BODY_LIMIT, 100_000, 4);
        return new FailoverClient("bench", settings, FIXED_CLOCK, new SimpleMeterRegistry());
    }
}
