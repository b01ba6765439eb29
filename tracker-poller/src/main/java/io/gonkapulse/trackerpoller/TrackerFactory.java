package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.trackerpoller.http.FailoverClient;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Creates configured trackers with their API and their HTTP client. */
final class TrackerFactory {

    private final PollerProperties properties;
    private final Map<String, TrackerType> types;
    private final MeterRegistry meters;
    private final InstantSource clock;

    TrackerFactory(PollerProperties properties, List<TrackerType> types, MeterRegistry meters, InstantSource clock) {
        this.properties = properties;
        this.types = types.stream().collect(Collectors.toMap(TrackerType::name, Function.identity()));
        this.meters = meters;
        this.clock = clock;
        properties.trackers().forEach(this::typeOf);
    }

    Tracker create(TrackerName name) {
        TrackerProperties tracker = properties.requireTracker(name.value());
        return new Tracker(
                tracker.pollingSettings(),
                typeOf(tracker).createApi(),
                new FailoverClient(name.value(), tracker.clientSettings(), clock, meters));
    }

    /** Also called at startup, so that an unknown type fails before the first assignment. */
    private TrackerType typeOf(TrackerProperties tracker) {
        TrackerType type = types.get(tracker.kind());
        if (type == null) {
            throw new SettingException("POLLER_TRACKERS: the kind of " + tracker.name() + ": expected one of "
                    + types.keySet().stream().sorted().toList() + ", got \"" + tracker.kind() + '"');
        }
        return type;
    }
}
