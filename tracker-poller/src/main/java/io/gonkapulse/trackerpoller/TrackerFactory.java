package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.trackerpoller.settings.PollerProperties;
import io.gonkapulse.trackerpoller.settings.TrackerProperties;
import io.gonkapulse.trackerpoller.site.SiteWatch;
import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a configured tracker ready to be asked. */
final class TrackerFactory {

    private final Map<String, TrackerProperties> trackers;
    private final Map<String, TrackerKind> kinds;
    private final MeterRegistry meters;
    private final InstantSource clock;

    TrackerFactory(PollerProperties properties, List<TrackerKind> kinds, MeterRegistry meters, InstantSource clock) {
        this.trackers =
                properties.trackers().stream().collect(Collectors.toMap(TrackerProperties::name, Function.identity()));
        this.kinds = kinds.stream().collect(Collectors.toMap(TrackerKind::name, Function.identity()));
        this.meters = meters;
        this.clock = clock;
        properties.trackers().forEach(this::kindOf);
    }

    Tracker tracker(TrackerName name) {
        TrackerProperties properties = trackers.get(name.value());
        if (properties == null) {
            throw new IllegalArgumentException("Expected one of " + trackers.keySet() + ", got " + name);
        }
        return new Tracker(
                properties.settings(),
                kindOf(properties).source(),
                new Sites(name.value(), properties.sites(), clock, watch(name)));
    }

    private TrackerKind kindOf(TrackerProperties properties) {
        TrackerKind kind = kinds.get(properties.kind());
        if (kind == null) {
            throw new SettingException("POLLER_TRACKERS: the kind of " + properties.name() + ": expected one of "
                    + kinds.keySet().stream().sorted().toList() + ", got \"" + properties.kind() + '"');
        }
        return kind;
    }

    private SiteWatch watch(TrackerName name) {
        return (url, outcome, took) -> meters.timer(
                        Meter.REQUESTS.id(), "tracker", name.value(), "url", url, "outcome", outcome)
                .record(took);
    }
}
