package io.gonkapulse.quickstart;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.jobrecorder.JobRecorderConfiguration;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.quickstart.ComponentStack.StartedComponent;
import io.gonkapulse.quickstart.ComponentStack.StartupStep;
import io.gonkapulse.statswriter.StatsWriterConfiguration;
import io.gonkapulse.trackerpoller.AssignedTrackerRegistry;
import io.gonkapulse.trackerpoller.TrackerPollerConfiguration;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Startup steps of the services, with their settings. */
final class ServiceSteps {

    /** The network is older than the quickstart; the first start fetches this many past epochs. */
    static final int PAST_EPOCHS = 30;

    private final QuickstartOptions options;
    private final QuickstartEndpoints endpoints;
    private final QuickstartConsole console;

    ServiceSteps(QuickstartOptions options, QuickstartEndpoints endpoints, QuickstartConsole console) {
        this.options = options;
        this.endpoints = endpoints;
        this.console = console;
    }

    /** Steps of the chosen services. */
    List<StartupStep> chosen() {
        return options.services().stream().map(this::step).toList();
    }

    private StartupStep step(QuickstartService service) {
        return switch (service) {
            case STATS_WRITER -> step("Stats writer", service, this::startStatsWriter);
            case EARNINGS_AGGREGATOR -> step("Earnings", service, this::startEarningsAggregator);
            case JOB_RECORDER -> step("Job recorder", service, this::startJobRecorder);
            case API -> step("API", service, this::startApiGateway);
            case TRACKER_POLLER -> step("Tracker poller", service, this::startTrackerPoller);
        };
    }

    private StartupStep step(String name, QuickstartService service, Supplier<StartedComponent> start) {
        return new StartupStep(name, () -> {
            StartedComponent started = start.get();
            endpoints.setUrl(service.id(), started.addresses().get(0));
            return started;
        });
    }

    private StartedComponent startStatsWriter() {
        Map<String, String> properties = databaseAndKafkaSettings();
        // The days of a small network are added up in milliseconds, and shown as soon as they are backfilled.
        properties.put("writer.history-interval", "30s");
        return new SpringService("stats-writer", StatsWriterConfiguration.class, options.ports.stats(), properties)
                .start(context -> {});
    }

    private StartedComponent startEarningsAggregator() {
        return new SpringService(
                        "earnings-aggregator",
                        EarningsAggregatorConfiguration.class,
                        options.ports.earnings(),
                        databaseAndKafkaSettings())
                .start(context -> {});
    }

    private StartedComponent startJobRecorder() {
        Map<String, String> properties = databaseAndKafkaSettings();
        // It listens on this machine only, so programs report their jobs without a key.
        properties.put("recorder.anonymous", "loopback");
        properties.put("consumer.threads", "1");
        // The first search is an interval after the start, and the migrations shall be visible with the first polls.
        properties.put("recorder.migrations-interval", "10s");
        StartedComponent started = new SpringService(
                        "job-recorder", JobRecorderConfiguration.class, options.ports.jobs(), properties)
                .start(context -> {});
        String url = started.addresses().get(0);
        return new StartedComponent(
                List.of(url, "JOBS_URL=" + url + " java -jar dist/jobs.jar run --bot hello -- sleep 3  reports a job"),
                started.stop());
    }

    /** On a fresh database it returns no nodes until the first poll. */
    private StartedComponent startApiGateway() {
        Map<String, String> properties = databaseAndKafkaSettings();
        // It listens on this machine only, so all data is public.
        properties.put("gateway.public", "trackers,jobs,relays");
        properties.put("gateway.simulated", String.valueOf(options.realTracker().isEmpty()));
        return new SpringService("api-gateway", ApiGatewayConfiguration.class, options.ports.api(), properties)
                .start(context -> {});
    }

    private StartedComponent startTrackerPoller() {
        return new SpringService(
                        "tracker-poller", TrackerPollerConfiguration.class, options.ports.poller(), pollerSettings())
                .start(context -> context.getBean(PollReporter.class)
                        .addListener(new PollProgressReporter(
                                console, context.getBean(AssignedTrackerRegistry.class)::epochsToBackfill)));
    }

    private Map<String, String> pollerSettings() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.kafka.bootstrap-servers", endpoints.kafka);
        Optional<RealTracker> real = options.realTracker();
        if (real.isPresent()) {
            // Other users share it, so the poller's limits of requests apply.
            addTracker(
                    properties,
                    0,
                    real.get().part(),
                    real.get().kind(),
                    real.get().url());
            properties.put("poller.trackers[0].initial-backfill-epochs", String.valueOf(PAST_EPOCHS));
        } else {
            addSimulatedNetwork(properties);
        }
        return properties;
    }

    /** The tracker serves live stats, the chain node exact settlements. */
    private void addSimulatedNetwork(Map<String, String> properties) {
        addTracker(properties, 0, "tracker", "gonka-tracker", endpoints.url("tracker"));
        addTracker(properties, 1, "chain", "gonka-node", endpoints.url("chain"));
        properties.put("poller.trackers[0].interval", "30s");
        properties.put("poller.trackers[0].settled-epochs", "0");
        properties.put("poller.trackers[1].live", "false");
        properties.put("poller.trackers[1].initial-backfill-epochs", String.valueOf(PAST_EPOCHS));
        for (int number = 0; number <= 1; number++) {
            // Both run on this machine, so limits are unnecessary.
            properties.put("poller.trackers[" + number + "].requests-per-second", "10000");
            properties.put("poller.trackers[" + number + "].concurrent-requests", "5");
        }
    }

    private static void addTracker(Map<String, String> properties, int number, String name, String kind, String url) {
        String prefix = "poller.trackers[" + number + "].";
        properties.put(prefix + "name", name);
        properties.put(prefix + "kind", kind);
        properties.put(prefix + "urls", url);
    }

    private Map<String, String> databaseAndKafkaSettings() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.kafka.bootstrap-servers", endpoints.kafka);
        properties.put("spring.datasource.url", endpoints.database);
        properties.put("spring.datasource.username", LocalDatabase.USERNAME);
        properties.put("spring.datasource.password", "");
        return properties;
    }
}
