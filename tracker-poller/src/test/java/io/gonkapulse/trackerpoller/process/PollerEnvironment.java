package io.gonkapulse.trackerpoller.process;

import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.testkit.junit.TestBroker;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables of a poller. */
record PollerEnvironment(Map<String, String> variables) {

    static final PollerEnvironment NONE = new PollerEnvironment(Map.of());

    /** A random port and the broker. */
    static PollerEnvironment of(TestBroker broker) {
        return NONE.with("SERVER_PORT", "0").with("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    }

    /** Adds a gonka-tracker that is polled every second, without settlements. */
    PollerEnvironment tracker(String name, SimulatedEndpoint endpoint) {
        return tracker(name, "gonka-tracker", endpoint.url())
                .ofTracker("INTERVAL", "1s")
                .ofTracker("SETTLED_EPOCHS", "0");
    }

    PollerEnvironment tracker(String name, String kind, String urls) {
        String prefix = "POLLER_TRACKERS_" + trackers() + "_";
        return with(prefix + "NAME", name).with(prefix + "KIND", kind).with(prefix + "URLS", urls);
    }

    /** A setting of the tracker that was added last. */
    PollerEnvironment ofTracker(String setting, String value) {
        return with("POLLER_TRACKERS_" + (trackers() - 1) + "_" + setting, value);
    }

    PollerEnvironment with(String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return new PollerEnvironment(more);
    }

    private long trackers() {
        return variables.keySet().stream()
                .filter(name -> name.endsWith("_KIND"))
                .count();
    }
}
