package io.gonkapulse.quickstart;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.statswriter.StatsWriterConfiguration;
import io.gonkapulse.testkit.local.LocalDatabase;
import io.gonkapulse.trackerpoller.TrackerPollerConfiguration;
import io.gonkapulse.trackerpoller.run.Fleet;
import io.gonkapulse.trackerpoller.telling.PollLog;
import java.util.LinkedHashMap;
import java.util.Map;

/** The services, each with what it must know of the storeys below it. */
final class Services {

    /** The network pretends to be older than the quickstart: that much of its past is fetched at the first start. */
    private static final int PAST_EPOCHS = 30;

    private final Settings settings;
    private final Ground ground;
    private final Screen screen;

    Services(Settings settings, Ground ground, Screen screen) {
        this.settings = settings;
        this.ground = ground;
        this.screen = screen;
    }

    /** The tracker tells how nodes are, the chain node what they got, to the ngonka. */
    Storey trackerPoller() {
        return new Storey("Tracker poller", () -> {
            Map<String, String> own = new LinkedHashMap<>();
            own.put("spring.kafka.bootstrap-servers", ground.kafka);
            tracker(own, 0, "tracker", "gonka-tracker", ground.tracker);
            own.put("poller.trackers[0].interval", "30s");
            own.put("poller.trackers[0].settled-epochs", "0");
            tracker(own, 1, "chain", "gonka-node", ground.chain);
            own.put("poller.trackers[1].interval", "60s");
            own.put("poller.trackers[1].live", "false");
            own.put("poller.trackers[1].first-backfill", String.valueOf(PAST_EPOCHS));
            return new SpringService("tracker-poller", TrackerPollerConfiguration.class, settings.pollerPort, own)
                    .start(context -> context.getBean(PollLog.class)
                            .tell(new PastOnScreen(screen, context.getBean(Fleet.class)::epochsToBackfill)));
        });
    }

    Storey statsWriter() {
        return new Storey(
                "Stats writer",
                () -> new SpringService(
                                "stats-writer", StatsWriterConfiguration.class, settings.statsPort, databaseAndKafka())
                        .start(context -> {}));
    }

    Storey earningsAggregator() {
        return new Storey(
                "Earnings",
                () -> new SpringService(
                                "earnings-aggregator",
                                EarningsAggregatorConfiguration.class,
                                settings.earningsPort,
                                databaseAndKafka())
                        .start(context -> {}));
    }

    Storey apiGateway() {
        return new Storey(
                "API",
                () -> new SpringService("api-gateway", ApiGatewayConfiguration.class, settings.apiPort, api())
                        .start(context -> {}));
    }

    /** It listens on this machine only, so everybody may see everything. */
    private Map<String, String> api() {
        Map<String, String> own = databaseAndKafka();
        own.put("gateway.public", "trackers,jobs,relays");
        return own;
    }

    private Map<String, String> databaseAndKafka() {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("spring.kafka.bootstrap-servers", ground.kafka);
        own.put("spring.datasource.url", ground.database);
        own.put("spring.datasource.username", LocalDatabase.USERNAME);
        own.put("spring.datasource.password", "");
        return own;
    }

    /** Both are our own, on this machine: they need no sparing. */
    private static void tracker(Map<String, String> own, int number, String name, String kind, String url) {
        String prefix = "poller.trackers[" + number + "].";
        own.put(prefix + "name", name);
        own.put(prefix + "kind", kind);
        own.put(prefix + "urls", url);
        own.put(prefix + "requests-per-second", "10000");
        own.put(prefix + "concurrent-requests", "5");
    }
}
