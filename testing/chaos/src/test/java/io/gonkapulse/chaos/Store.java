package io.gonkapulse.chaos;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.LocalDatabase;
import io.gonkapulse.testkit.local.LocalServerFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** PostgreSQL, whose tables stand on a small disk where root permits that; its log stands elsewhere. */
final class Store implements AutoCloseable {

    static final String DATABASE = "gonkapulse";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What a full disk looks like where none can be had. */
    private static final String REFUSE = """
            create function full_disk() returns trigger language plpgsql as $$
            begin
                raise exception sqlstate '53100' using message = 'could not extend file: No space left on device';
            end
            $$
            """;

    private static final String REFUSE_POSITIONS = """
            create trigger full_disk before update on consumer_offsets execute function full_disk()
            """;

    private static final String ACCEPT = """
            drop function if exists full_disk cascade
            """;

    private final Path home;
    private final LocalDatabase server;
    private final SmallDisk disk;

    private Store(Path home, LocalDatabase server, SmallDisk disk) {
        this.home = home;
        this.server = server;
        this.disk = disk;
    }

    /** With the whole schema. */
    static Store create(Path home, int port, SmallDisk disk) {
        Store store = new Store(home, LocalDatabase.durable(home, port), disk);
        // Whatever becomes of the test, no server and no mount outlives its process.
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        try {
            store.server.start();
            store.createDatabase();
            Migrations.migrate(
                    DatabaseSettings.of(
                            store.server.host(), store.server.port(), DATABASE, LocalDatabase.USERNAME, null),
                    line -> {});
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void createDatabase() {
        JdbcTemplate jdbc = jdbc("postgres");
        if (disk.isReal()) {
            try {
                Path tables =
                        Files.createDirectory(disk.root().resolve("tables")).toAbsolutePath();
                jdbc.execute("create tablespace small location '" + tables + "'");
                jdbc.execute("create database " + DATABASE + " tablespace small");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            jdbc.execute("create database " + DATABASE);
        }
    }

    int port() {
        return server.port();
    }

    JdbcTemplate jdbc() {
        return jdbc(DATABASE);
    }

    private JdbcTemplate jdbc(String database) {
        return new JdbcTemplate(new DriverManagerDataSource(server.jdbcUrl(database), LocalDatabase.USERNAME, ""));
    }

    void kill() {
        server.kill();
    }

    void start() {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(LocalServerFailedException.class)
                .until(() -> {
                    server.start();
                    return true;
                });
    }

    void pause() {
        Signals.send("STOP", processes());
    }

    void wake() {
        Signals.send("CONT", processes());
    }

    /** Returns when the database has refused something for it. */
    void fillDisk() {
        long refusals = refusals();
        if (disk.isReal()) {
            disk.fill();
        } else {
            jdbc().execute(REFUSE);
            jdbc().execute(REFUSE_POSITIONS);
        }
        await("a refusal").atMost(PATIENCE).pollInterval(100, MILLISECONDS).until(() -> refusals() > refusals);
    }

    void emptyDisk() {
        if (disk.isReal()) {
            disk.empty();
        } else {
            jdbc().execute(ACCEPT);
        }
    }

    boolean hasRealDisk() {
        return disk.isReal();
    }

    private long refusals() {
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
        wake();
        server.kill();
        disk.close();
    }
}
