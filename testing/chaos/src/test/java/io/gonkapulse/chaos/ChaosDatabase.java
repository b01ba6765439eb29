package io.gonkapulse.chaos;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.localservers.LocalServerFailedException;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.PooledDataSource;
import io.gonkapulse.testkit.process.ProcessSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * PostgreSQL with tables on a small disk, where root permits a mount. Its WAL is elsewhere: a full WAL disk stops the
 * server.
 */
final class ChaosDatabase implements AutoCloseable {

    static final String DATABASE = "gonkapulse";

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** Simulates a full disk where no small disk can be mounted. */
    private static final String CREATE_DISK_FULL_FUNCTION = """
            create function full_disk() returns trigger language plpgsql as $$
            begin
                raise exception sqlstate '53100' using message = 'could not extend file: No space left on device';
            end
            $$
            """;

    private static final String CREATE_DISK_FULL_TRIGGER = """
            create trigger full_disk before update on %s.consumer_offsets execute function public.full_disk()
            """;

    private static final String DROP_DISK_FULL_FUNCTION = """
            drop function if exists full_disk cascade
            """;

    private final Path home;
    private final LocalDatabase server;
    private final SmallDisk disk;
    private final JdbcTemplate jdbc;

    private ChaosDatabase(Path home, LocalDatabase server, SmallDisk disk) {
        this.home = home;
        this.server = server;
        this.disk = disk;
        this.jdbc = new JdbcTemplate(pool(DATABASE));
    }

    /** Starts the server and creates the schema. */
    static ChaosDatabase create(Path home, int port, SmallDisk disk) {
        ChaosDatabase database = new ChaosDatabase(home, LocalDatabase.durable(home, port), disk);
        // No server and no mount may outlive the test's process.
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        try {
            database.server.start();
            database.createDatabase();
            DatabaseSettings settings = DatabaseSettings.of(
                    database.server.host(), database.server.port(), DATABASE, LocalDatabase.USERNAME, null);
            MigrationRunner.migrate(settings, line -> {});
            MigrationRunner.migrate(settings, MigrationModule.AUDIT, line -> {});
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void createDatabase() {
        try (PooledDataSource pool = pool("postgres")) {
            JdbcTemplate administrator = new JdbcTemplate(pool);
            if (disk.isMounted()) {
                Path tables =
                        Files.createDirectory(disk.root().resolve("tables")).toAbsolutePath();
                administrator.execute("create tablespace small location '" + tables + "'");
                administrator.execute("create database " + DATABASE + " tablespace small");
            } else {
                administrator.execute("create database " + DATABASE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.port();
    }

    String url() {
        return server.jdbcUrl(DATABASE);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    private PooledDataSource pool(String database) {
        return new PooledDataSource(server.jdbcUrl(database), LocalDatabase.USERNAME, "");
    }

    void kill() {
        server.kill();
    }

    void start() {
        await().atMost(TIMEOUT)
                .ignoreExceptionsInstanceOf(LocalServerFailedException.class)
                .until(() -> {
                    server.start();
                    return true;
                });
    }

    void pause() {
        ProcessSignal.STOP.sendTo(processes());
    }

    void resume() {
        ProcessSignal.CONT.sendTo(processes());
    }

    /** Returns after the database has rejected a write. */
    void fillDisk() {
        long refusals = countDiskFullErrors();
        if (disk.isMounted()) {
            disk.fill();
        } else {
            jdbc().execute(CREATE_DISK_FULL_FUNCTION);
            jdbc().execute(CREATE_DISK_FULL_TRIGGER.formatted("public"));
            jdbc().execute(CREATE_DISK_FULL_TRIGGER.formatted("audit"));
        }
        await("a refusal")
                .atMost(TIMEOUT)
                .pollInterval(100, MILLISECONDS)
                .until(() -> countDiskFullErrors() > refusals);
    }

    void clearDisk() {
        if (disk.isMounted()) {
            disk.clear();
        } else {
            jdbc().execute(DROP_DISK_FULL_FUNCTION);
        }
    }

    boolean hasMountedDisk() {
        return disk.isMounted();
    }

    private long countDiskFullErrors() {
        try (Stream<String> lines = Files.lines(home.resolve("postgres.log"))) {
            return lines.filter(line -> line.contains("No space left on device"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ProcessHandle> processes() {
        try {
            Path file = home.resolve("data").resolve("postmaster.pid");
            if (!Files.exists(file)) {
                return List.of();
            }
            long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
            return ProcessHandle.of(pid).stream()
                    .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        server.stop();
    }

    @Override
    public void close() {
        resume();
        server.kill();
        disk.close();
    }
}
