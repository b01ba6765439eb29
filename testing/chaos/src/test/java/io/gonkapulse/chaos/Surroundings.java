package io.gonkapulse.chaos;

import java.util.Map;
import java.util.TreeMap;

/** The environment of a service: settings as an operator makes them, with the times cut short. */
final class Surroundings {

    private Surroundings() {}

    /** A replica that is the only one comes back under its own name, and need not be missed first. */
    static Map<String, String> of(Role role, String name, int port, Wires wires, boolean only) {
        Map<String, String> all = new TreeMap<>();
        all.put("SERVER_PORT", String.valueOf(port));
        all.put("SERVER_ADDRESS", "127.0.0.1");
        if (role.needsKafka()) {
            all.put("KAFKA_BOOTSTRAP_SERVERS", wires.bootstrapServers(role));
        }
        if (role.needsDatabase()) {
            all.put("DATABASE_URL", "postgres://postgres@127.0.0.1:" + wires.databasePort(role) + "/" + Store.DATABASE);
        }
        if (only && role.needsKafka() && role.needsDatabase()) {
            all.put("SPRING_KAFKA_CONSUMER_PROPERTIES_GROUP_INSTANCE_ID", name);
        }
        switch (role) {
            case POLLER -> poller(all, name, wires);
            case WRITER -> all.put("WRITER_GRACE", "1d");
            case EARNINGS -> all.put("EARNINGS_SHOWEVERY", "1s");
            case API -> all.put("GATEWAY_RATELIMIT_REQUESTS", "1000000");
        }
        return all;
    }

    private static void poller(Map<String, String> all, String name, Wires wires) {
        // The class path has what the others need for their database.
        all.put(
                "SPRING_AUTOCONFIGURE_EXCLUDE",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
        all.put("POLLER_OWNER", name);
        tracker(all, 0, "tracker", "gonka-tracker", wires.toTracker());
        all.put("POLLER_TRACKERS_0_INTERVAL", "1s");
        all.put("POLLER_TRACKERS_0_POLLDEADLINE", "1s");
        all.put("POLLER_TRACKERS_0_SETTLEDEPOCHS", "0");
        tracker(all, 1, "chain", "gonka-node", wires.toChain());
        all.put("POLLER_TRACKERS_1_INTERVAL", "2s");
        all.put("POLLER_TRACKERS_1_POLLDEADLINE", "2s");
        all.put("POLLER_TRACKERS_1_LIVE", "false");
        all.put("POLLER_TRACKERS_1_FIRSTBACKFILL", "5");
        all.put("POLLER_TRACKERS_1_SETTLEMENTINTERVAL", "6s");
    }

    private static void tracker(Map<String, String> all, int number, String name, String kind, Link link) {
        String prefix = "POLLER_TRACKERS_" + number + "_";
        all.put(prefix + "NAME", name);
        all.put(prefix + "KIND", kind);
        all.put(prefix + "URLS", "http://127.0.0.1:" + link.port());
        all.put(prefix + "REQUESTSPERSECOND", "1000");
        all.put(prefix + "BODYLIMIT", "2MB");
        // The chain's clock is hours behind the machine's.
        all.put(prefix + "STALEAFTER", "1d");
    }
}
