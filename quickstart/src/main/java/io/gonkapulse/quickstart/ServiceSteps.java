package io.gonkapulse.quickstart;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.statswriter.StatsWriterConfiguration;
import io.gonkapulse.trackerpoller.AssignedTrackerRegistry;
import io.gonkapulse.trackerpoller.TrackerPollerConfiguration;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The services, each with what it must know of the storeys below it. */
final class ServiceSteps {

    /** The network pretends to be older than the quickstart: that much of its past is fetched at the first start. */
    private static final int PAST_EPOCHS = 30;

    private final QuickstartOptions options;
    private final QuickstartEndpoints endpoints;
    private final QuickstartConsole console;

    ServiceSteps(QuickstartOptions options, QuickstartEndpoints endpoints, QuickstartConsole console) {
        this.options = options;
        this.endpoints = endpoints;
        this.console = console;
    }

    /** The tracker tells how nodes are, the chain node what they got, to the ngonka. */
    StartupStep trackerPoller() {
        return new StartupStep("Tracker poller", () -> {
            Map<String, String> properties = new LinkedHashMap<>();
            properties.put("spring.kafka.bootstrap-servers", endpoints.kafka);
            addTracker(properties, 0, "tracker", "gonka-tracker", endpoints.tracker);
            properties.put("poller.trackers[0].interval", "30s");
            properties.put("poller.trackers[0].settled-epochs", "0");
            addTracker(properties, 1, "chain", "gonka-node", endpoints.chain);
            properties.put("poller.trackers[1].interval", "60s");
            properties.put("poller.trackers[1].live", "false");
            properties.put("poller.trackers[1].initial-backfill-epochs", String.valueOf(PAST_EPOCHS));
            return new SpringService("tracker-poller", TrackerPollerConfiguration.class, options.pollerPort, properties)
                    .start(context -> context.getBean(PollReporter.class)
                            .addListener(new BackfillProgressReporter(
                                    console, context.getBean(AssignedTrackerRegistry.class)::epochsToBackfill)));
        });
    }

    StartupStep statsWriter() {
        return new StartupStep(
                "Stats writer",
                () -> new SpringService(
                                "stats-writer",
                                StatsWriterConfiguration.class,
                                options.statsPort,
                                databaseAndKafkaSettings())
                        .start(context -> {}));
    }

    StartupStep earningsAggregator() {
        return new StartupStep(
                "Earnings",
                () -> new SpringService(
                                "earnings-aggregator",
                                EarningsAggregatorConfiguration.class,
                                options.earningsPort,
                                databaseAndKafkaSettings())
                        .start(context -> {}));
    }

    StartupStep apiGateway() {
        return new StartupStep(
                "API",
                () -> new SpringService("api-gateway", ApiGatewayConfiguration.class, options.apiPort, apiSettings())
                        .start(context -> {}));
    }

    /** It listens on this machine only, so everybody may see everything. */
    private Map<String, String> apiSettings() {
        Map<String, String> properties = databaseAndKafkaSettings();
        properties.put("gateway.public", "trackers,jobs,relays");
        return properties;
    }

    private Map<String, String> databaseAndKafkaSettings() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.kafka.bootstrap-servers", endpoints.kafka);
        properties.put("spring.datasource.url", endpoints.database);
        properties.put("spring.datasource.username", LocalDatabase.USERNAME);
        properties.put("spring.datasource.password", "");
        return properties;
    }

    /** Both are our own, on this machine: they need no sparing. */
    private static void addTracker(Map<String, String> properties, int number, String name, String kind, String url) {
        String prefix = "poller.trackers[" + number + "].";
        properties.put(prefix + "name", name);
        properties.put(prefix + "kind", kind);
        properties.put(prefix + "urls", url);
        properties.put(prefix + "requests-per-second", "10000");
        properties.put(prefix + "concurrent-requests", "5");
    }
}
