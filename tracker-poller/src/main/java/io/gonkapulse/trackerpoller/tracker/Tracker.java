package io.gonkapulse.trackerpoller.tracker;

import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.Source;

/** A tracker while this poller owns it. */
public record Tracker(TrackerSettings settings, Source source, Sites sites, HardwareBook hardware) {

    public Tracker(TrackerSettings settings, Source source, Sites sites) {
        this(settings, source, sites, new HardwareBook());
    }

    @Override
    public String toString() {
        return settings.name().value();
    }
}
