package io.gonkapulse.quickstart;

import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.migrations.forward.MigrateReport;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.LocalBroker;
import io.gonkapulse.testkit.local.LocalDatabase;
import io.gonkapulse.testkit.local.LocalServerFailedException;
import io.gonkapulse.testkit.local.LoopbackPort;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;

/** One run, from the locked directory to the clean stop. */
final class Quickstart {

    private static final String DATABASE = "gonkapulse";

    private final Settings settings;
    private final Screen screen;
    private final InstantSource clock;
    private final Stack stack;
    private final Ground ground = new Ground();
    private final CompletableFuture<LocalServerFailedException> fault = new CompletableFuture<>();

    Quickstart(Settings settings, Screen screen, InstantSource clock) {
        this.settings = settings;
        this.screen = screen;
        this.clock = clock;
        this.stack = new Stack(screen);
    }

    /** Returns, with a failure, only if a part of the stack gives up; a signal ends the process after a clean stop. */
    int runUntilStopped() {
        try (DataDirectory data = DataDirectory.open(settings.directory, settings.fresh)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "quickstart-stop"));
            screen.title(data.path(), logFile(data));
            stack.start(storeys(data));
            screen.ready();
            screen.gaveUp(fault.join());
            stack.stop();
            return 1;
        }
    }

    /** The next storey goes to the end of the list; what it must know of those below stands in the ground. */
    private List<Storey> storeys(DataDirectory data) {
        LocalDatabase database = LocalDatabase.durable(data.resolve("postgres"), settings.postgresPort);
        Services services = new Services(settings, ground, screen);
        return List.of(
                new Storey("PostgreSQL", () -> postgres(database)),
                new Storey("Schema", () -> schema(database)),
                new Storey("Kafka", () -> kafka(data)),
                new Storey("Gonka network", () -> network(data)),
                services.statsWriter(),
                services.earningsAggregator(),
                services.apiGateway(),
                services.trackerPoller());
    }

    private Part postgres(LocalDatabase database) {
        database.start();
        database.createDatabaseUnlessThere(DATABASE);
        ground.database = database.jdbcUrl(DATABASE);
        String address = ground.database + "?user=" + LocalDatabase.USERNAME;
        return new Part(List.of(address), database::stop);
    }

    private static Part schema(LocalDatabase database) {
        MigrateReport report = Migrations.migrate(
                DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                line -> LoggerFactory.getLogger(Migrations.class).info(line));
        return new Part(List.of("step " + report.to() + ", " + report.applied() + " applied now"), () -> {});
    }

    private Part kafka(DataDirectory data) {
        LocalBroker broker = new LocalBroker(data.resolve("kafka"), settings.kafkaPort, fault::complete);
        broker.start();
        ground.kafka = broker.bootstrapServers();
        return new Part(List.of(broker.bootstrapServers()), broker::stop);
    }

    private Part network(DataDirectory data) {
        LoopbackPort.requireFree("the simulated tracker", settings.trackerPort);
        LoopbackPort.requireFree("the simulated chain node", settings.chainPort);
        SimulatedNetwork network = SimulatedNetwork.of(settings.networkPlan(), clock);
        Face tracker = network.openTracker(settings.trackerPort);
        Face chain = network.openNode(settings.chainPort);
        ground.tracker = tracker.url();
        ground.chain = chain.url();
        new Running(ground.database, ground.kafka, settings.nodes, settings.seed).writeTo(data.path());
        return new Part(
                List.of(
                        tracker.url() + "/api/v1/inference/current  a tracker of " + settings.nodes + " participants",
                        chain.url() + "/v1/epochs/latest  a node of its chain"),
                () -> {
                    chain.close();
                    tracker.close();
                });
    }

    /** The logging configuration reads the property, so it is set before anything logs. */
    private static Path logFile(DataDirectory data) {
        Path file = data.resolve("quickstart.log");
        System.setProperty("quickstart.log", file.toString());
        // There is one log for all that runs here; each service would otherwise set it up anew while others write.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return file;
    }
}
