package io.gonkapulse.quickstart;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.quickstart.ComponentStack.StartupStep;
import io.gonkapulse.statswriter.StatsWriterConfiguration;
import io.gonkapulse.trackerpoller.AssignedTrackerRegistry;
import io.gonkapulse.trackerpoller.TrackerPollerConfiguration;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Startup steps of the services, with their settings. */
final class ServiceSteps {

    /** The simulated network is older than the quickstart; the first start fetches this many past epochs. */
    private static final int PAST_EPOCHS = 30;

    private final QuickstartOptions options;
    private final QuickstartRunner.Endpoints endpoints;
    private final QuickstartConsole console;

    ServiceSteps(QuickstartOptions options, QuickstartRunner.Endpoints endpoints, QuickstartConsole console) {
        this.options = options;
        this.endpoints = endpoints;
        this.console = console;
    }

    /** The tracker serves live stats, the chain node exact settlements. */
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

    /** Starts before the poller, so that its consumers are ready for the first snapshots. */
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

    /** Starts before the poller; on a fresh database it returns no nodes until the first poll. */
    StartupStep apiGateway() {
        return new StartupStep(
                "API",
                () -> new SpringService("api-gateway", ApiGatewayConfiguration.class, options.apiPort, apiSettings())
                        .start(context -> {}));
    }

    /** It listens on this machine only, so all data is public. */
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

    /** Both run on this machine, so rate limits are unnecessary. */
    private static void addTracker(Map<String, String> properties, int number, String name, String kind, String url) {
        String prefix = "poller.trackers[" + number + "].";
        properties.put(prefix + "name", name);
        properties.put(prefix + "kind", kind);
        properties.put(prefix + "urls", url);
        properties.put(prefix + "requests-per-second", "10000");
        properties.put(prefix + "concurrent-requests", "5");
    }

    /** Prints the progress of the initial backfill, also when a restart continues an interrupted one. */
    private static final class BackfillProgressReporter implements PollListener {

        /** Thirty lines would hide the addresses on the console. */
        private static final int EPOCHS_PER_LINE = 10;

        private final QuickstartConsole console;
        private final LongSupplier pendingEpochs;

        /** @param pendingEpochs number of pending epochs, including the one that was just polled */
        BackfillProgressReporter(QuickstartConsole console, LongSupplier pendingEpochs) {
            this.console = console;
            this.pendingEpochs = pendingEpochs;
        }

        @Override
        public void onPoll(Poll poll) {
            long remaining = pendingEpochs.getAsLong() - 1;
            if (poll.purpose() == Purpose.BACKFILL && remaining % EPOCHS_PER_LINE == 0) {
                console.progress("Past epochs", remaining == 0 ? "all fetched" : remaining + " left");
            }
        }

        @Override
        public void onPollsSkipped(TrackerName tracker, long polls) {
            // Meters count skipped polls.
        }
    }
}
