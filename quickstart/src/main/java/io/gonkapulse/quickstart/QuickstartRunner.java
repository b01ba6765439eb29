package io.gonkapulse.quickstart;

import io.gonkapulse.localservers.LocalBroker;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.localservers.LocalServerFailedException;
import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.flyway.MigrateTask.MigrateReport;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.quickstart.ComponentStack.StartedComponent;
import io.gonkapulse.quickstart.ComponentStack.StartupStep;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;

/** One run, from locking the data directory to the clean stop. */
final class QuickstartRunner {

    private static final String DATABASE = "gonkapulse";

    private final QuickstartOptions options;
    private final QuickstartConsole console;
    private final InstantSource clock;
    private final ComponentStack stack;
    private final QuickstartEndpoints endpoints = new QuickstartEndpoints();
    private final CompletableFuture<LocalServerFailedException> brokerFailure = new CompletableFuture<>();

    QuickstartRunner(QuickstartOptions options, QuickstartConsole console, InstantSource clock) {
        this.options = options;
        this.console = console;
        this.clock = clock;
        this.stack = new ComponentStack(console);
    }

    /** Returns exit code 1 if the broker fails. A signal stops all components and ends the process instead. */
    int runUntilStopped() {
        try (DataDirectory data = DataDirectory.open(options.directory, options.fresh, options.realTracker())) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "quickstart-stop"));
            console.printHeader(data.path(), configureLogging(data));
            if (stack.start(startupSteps(data))) {
                runningProperties().writeTo(data.path());
                console.ready();
            }
            console.failed(brokerFailure.join());
            stack.stop();
            return 1;
        }
    }

    /** Steps run in this order; each reads the endpoints of earlier ones. */
    private List<StartupStep> startupSteps(DataDirectory data) {
        LocalDatabase database = LocalDatabase.durable(data.resolve("postgres"), options.ports.postgres());
        List<StartupStep> steps = new ArrayList<>(List.of(
                new StartupStep("PostgreSQL", () -> startPostgres(database)),
                new StartupStep("Schema", () -> migrateSchema(database, MigrationModule.TRACKER)),
                new StartupStep("Schema of jobs", () -> migrateSchema(database, MigrationModule.AUDIT)),
                new StartupStep("Kafka", () -> startKafka(data)),
                new StartupStep(
                        "Gonka network",
                        () -> options.realTracker().map(this::useRealTracker).orElseGet(this::startNetwork))));
        steps.addAll(new ServiceSteps(options, endpoints, console).chosen());
        return steps;
    }

    private RunningProperties runningProperties() {
        Map<String, String> values = new TreeMap<>(endpoints.urlProperties());
        values.put("database", endpoints.database);
        values.put("kafka", endpoints.kafka);
        if (options.realTracker().isEmpty()) {
            values.put("nodes", String.valueOf(options.nodes));
            values.put("seed", String.valueOf(options.seed));
        }
        return new RunningProperties(values);
    }

    /** The server stops with the quickstart. After a kill it survives; the next start stops it first. */
    private StartedComponent startPostgres(LocalDatabase database) {
        database.start();
        database.createDatabaseIfMissing(DATABASE);
        endpoints.database = database.jdbcUrl(DATABASE);
        String address = endpoints.database + "?user=" + LocalDatabase.USERNAME;
        return new StartedComponent(List.of(address), database::stop);
    }

    /** Migrations have no running part, so there is nothing to stop. */
    private static StartedComponent migrateSchema(LocalDatabase database, MigrationModule module) {
        MigrateReport report = MigrationRunner.migrate(
                DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                module,
                line -> LoggerFactory.getLogger(MigrationRunner.class).info(line));
        return new StartedComponent(
                List.of("version " + report.to() + ", " + report.applied() + " applied now"), () -> {});
    }

    /** A broker that fails later, for example on a full disk, ends the whole quickstart. */
    private StartedComponent startKafka(DataDirectory data) {
        LocalBroker broker = new LocalBroker(data.resolve("kafka"), options.ports.kafka(), brokerFailure::complete);
        broker.start();
        endpoints.kafka = broker.bootstrapServers();
        return new StartedComponent(List.of(broker.bootstrapServers()), broker::stop);
    }

    /** Nothing starts, because the poller tries again while the tracker does not respond. */
    private StartedComponent useRealTracker(RealTracker tracker) {
        endpoints.setUrl(tracker.part(), tracker.url());
        return new StartedComponent(
                List.of(
                        tracker.url() + "  " + tracker.kind(),
                        "polled once a minute; first one request per node for each of " + ServiceSteps.PAST_EPOCHS
                                + " past epochs, at most 10 a second"),
                () -> {});
    }

    /** Checks the ports first, before either server starts. */
    private StartedComponent startNetwork() {
        LoopbackPort.requireFree("the simulated tracker", options.ports.tracker());
        LoopbackPort.requireFree("the simulated chain node", options.ports.chain());
        SimulatedNetwork network = SimulatedNetwork.of(options.networkPlan(), clock);
        SimulatedEndpoint tracker = network.openTracker(options.ports.tracker());
        SimulatedEndpoint chain = network.openNode(options.ports.chain());
        endpoints.setUrl("tracker", tracker.url());
        endpoints.setUrl("chain", chain.url());
        return new StartedComponent(
                List.of(
                        tracker.url() + "/api/v1/inference/current  tracker of " + options.nodes + " participants",
                        chain.url() + "/v1/epochs/latest  chain node"),
                () -> {
                    chain.close();
                    tracker.close();
                });
    }

    /** Must run before anything logs, because the logging configuration reads the property. */
    private static Path configureLogging(DataDirectory data) {
        Path file = data.resolve("quickstart.log");
        System.setProperty("quickstart.log", file.toString());
        // All services share one log. Otherwise each would reconfigure it while others write.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return file;
    }
}
