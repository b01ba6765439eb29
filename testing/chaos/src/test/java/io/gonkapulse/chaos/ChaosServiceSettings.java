package io.gonkapulse.chaos;

import java.util.Map;
import java.util.TreeMap;

/** Environment of a service: production settings with short intervals. */
final class ChaosServiceSettings {

    private ChaosServiceSettings() {}

    /** A single replica gets a static group membership: it returns at once instead of after the session timeout. */
    static Map<String, String> of(ServiceRole role, String name, int port, ServiceProxies proxies, boolean single) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("SERVER_PORT", String.valueOf(port));
        settings.put("SERVER_ADDRESS", "127.0.0.1");
        if (role.needsKafka()) {
            settings.put("KAFKA_BOOTSTRAP_SERVERS", proxies.bootstrapServers(role));
        }
        if (role.needsDatabase()) {
            settings.put(
                    "DATABASE_URL",
                    "postgres://postgres@127.0.0.1:" + proxies.databasePort(role) + "/" + ChaosDatabase.DATABASE);
        }
        if (single && role.needsKafka() && role.needsDatabase()) {
            settings.put("SPRING_KAFKA_CONSUMER_PROPERTIES_GROUP_INSTANCE_ID", name);
        }
        switch (role) {
            case POLLER -> poller(settings, name, proxies);
            case WRITER -> settings.put("WRITER_GRACE", "1d");
            case EARNINGS -> settings.put("EARNINGS_ROLLOVER_INTERVAL", "1s");
            case RECORDER -> settings.put("RECORDER_LOST_INTERVAL", "1s");
            case API -> settings.put("GATEWAY_RATE_LIMIT_REQUESTS", "1000000");
        }
        return settings;
    }

    private static void poller(Map<String, String> settings, String name, ServiceProxies proxies) {
        // The class path contains the JDBC driver of the other services.
        settings.put(
                "SPRING_AUTOCONFIGURE_EXCLUDE",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
        settings.put("POLLER_OWNER", name);
        tracker(settings, 0, "tracker", "gonka-tracker", proxies.toTracker());
        settings.put("POLLER_TRACKERS_0_INTERVAL", "1s");
        settings.put("POLLER_TRACKERS_0_POLL_DEADLINE", "1s");
        settings.put("POLLER_TRACKERS_0_SETTLED_EPOCHS", "0");
        tracker(settings, 1, "chain", "gonka-node", proxies.toChain());
        settings.put("POLLER_TRACKERS_1_INTERVAL", "2s");
        settings.put("POLLER_TRACKERS_1_POLL_DEADLINE", "2s");
        settings.put("POLLER_TRACKERS_1_LIVE", "false");
        settings.put("POLLER_TRACKERS_1_INITIAL_BACKFILL_EPOCHS", "5");
        settings.put("POLLER_TRACKERS_1_SETTLEMENT_INTERVAL", "6s");
    }

    private static void tracker(Map<String, String> settings, int number, String name, String kind, TcpProxy proxy) {
        String prefix = "POLLER_TRACKERS_" + number + "_";
        settings.put(prefix + "NAME", name);
        settings.put(prefix + "KIND", kind);
        settings.put(prefix + "URLS", "http://127.0.0.1:" + proxy.port());
        settings.put(prefix + "REQUESTS_PER_SECOND", "1000");
        settings.put(prefix + "BODY_LIMIT", "2MB");
        // The chain's clock is hours behind the machine's.
        settings.put(prefix + "STALE_AFTER", "1d");
    }
}
