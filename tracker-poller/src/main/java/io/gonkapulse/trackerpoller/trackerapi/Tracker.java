package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.trackerpoller.http.FailoverClient;

/** An assigned tracker with its API, client and hardware cache. */
public record Tracker(PollingSettings settings, TrackerApi api, FailoverClient client, HardwareCache hardware) {

    public Tracker(PollingSettings settings, TrackerApi api, FailoverClient client) {
        this(settings, api, client, new HardwareCache());
    }

    @Override
    public String toString() {
        return settings.name().value();
    }
}
