package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.nio.file.Path;
import java.util.List;

/** A broker in a JVM of its own, and a database that keeps what it commits, with the schema. */
final class Stage implements AutoCloseable {

    private static final String DATABASE = "benchmark";
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx1g");

    private final DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "benchmark");
    private final ForkedProgram broker = ForkedProgram.start(
            BROKER_OPTIONS, BrokerMain.class, home.path().resolve("kafka").toString());
    private final LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0);
    private final String servers;

    Stage() {
        database.start();
        database.createDatabaseUnlessThere(DATABASE);
        Migrations.migrate(
                DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                line -> {});
        servers = broker.hear();
    }

    String bootstrapServers() {
        return servers;
    }

    String jdbcUrl() {
        return database.jdbcUrl(DATABASE);
    }

    /** A directory that is gone afterwards. */
    Path room(String name) {
        return home.path().resolve(name);
    }

    @Override
    public void close() {
        broker.close();
        database.close();
        home.close();
    }
}
