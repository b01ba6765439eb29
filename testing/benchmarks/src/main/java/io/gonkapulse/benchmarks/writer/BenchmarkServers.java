package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.BrokerMain;
import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;

/** A broker in its own JVM and a durable database with the schema. */
final class BenchmarkServers implements AutoCloseable {

    private static final String DATABASE = "benchmark";
    /** The broker must not be the limit. */
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx1g");

    private final DisposableDirectory home =
            DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "benchmark");
    private final ForkedProcess broker = ForkedProcess.start(
            BROKER_OPTIONS, BrokerMain.class, home.path().resolve("kafka").toString());
    private final LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0);
    private final String servers;

    /** Starts the database, migrates its schema and waits for the broker. */
    BenchmarkServers() {
        database.start();
        database.createDatabaseIfMissing(DATABASE);
        MigrationRunner.migrate(
                DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                line -> {});
        servers = broker.nextReport();
    }

    String bootstrapServers() {
        return servers;
    }

    String jdbcUrl() {
        return database.jdbcUrl(DATABASE);
    }

    /** Returns a directory that {@link #close()} deletes. */
    Path directory(String name) {
        return home.path().resolve(name);
    }

    @Override
    public void close() {
        broker.close();
        database.close();
        home.close();
    }
}
