package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.trackerpoller.config.PollerProperties;
import io.gonkapulse.trackerpoller.config.TrackerProperties;
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

    private final Map<String, TrackerProperties> trackers;
    private final Map<String, TrackerType> types;
    private final MeterRegistry meters;
    private final InstantSource clock;

    TrackerFactory(PollerProperties properties, List<TrackerType> types, MeterRegistry meters, InstantSource clock) {
        this.trackers =
                properties.trackers().stream().collect(Collectors.toMap(TrackerProperties::name, Function.identity()));
        this.types = types.stream().collect(Collectors.toMap(TrackerType::name, Function.identity()));
        this.meters = meters;
        this.clock = clock;
        properties.trackers().forEach(this::typeOf);
    }

    Tracker create(TrackerName name) {
        TrackerProperties properties = trackers.get(name.value());
        if (properties == null) {
            throw new IllegalArgumentException("Expected one of " + trackers.keySet() + ", got " + name);
        }
        return new Tracker(
                properties.trackerSettings(),
                typeOf(properties).createApi(),
                new FailoverClient(name.value(), properties.clientSettings(), clock, meters));
    }

    /** Also called at startup, so that an unknown type fails before the first assignment. */
    private TrackerType typeOf(TrackerProperties properties) {
        TrackerType type = types.get(properties.kind());
        if (type == null) {
            throw new SettingException("POLLER_TRACKERS: the kind of " + properties.name() + ": expected one of "
                    + types.keySet().stream().sorted().toList() + ", got \"" + properties.kind() + '"');
        }
        return type;
    }
}
