package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.trackerpoller.http.FailoverClient;

/** A tracker while this poller owns it. */
public record Tracker(TrackerSettings settings, TrackerApi api, FailoverClient client, HardwareCache hardware) {

    public Tracker(TrackerSettings settings, TrackerApi source, FailoverClient sites) {
        this(settings, source, sites, new HardwareCache());
    }

    @Override
    public String toString() {
        return settings.name().value();
    }
}
