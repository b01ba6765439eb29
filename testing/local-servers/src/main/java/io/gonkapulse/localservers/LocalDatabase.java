package io.gonkapulse.localservers;

import io.gonkapulse.localservers.PostgresCluster.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server as a child process, with its data in one directory and its programs unpacked beside it,
 * unless {@link #PROGRAMS_DIRECTORY} is set. It listens on the loopback interface only and needs no password. If the
 * JVM is killed, its server keeps running; the next start on the same directory stops it first. Thread-safe.
 */
public final class LocalDatabase implements AutoCloseable {

    public static final String USERNAME = "postgres";

    /** System property: one directory for the programs of all servers, so that a build unpacks them once. */
    public static final String PROGRAMS_DIRECTORY = "local-servers.programs";

    private static final String DATABASE_EXISTS = """
            select 1
              from pg_database
             where datname = ?
            """;

    private final Path home;
    private final int port;
    private final boolean durable;
    private final List<String> extraSettings = new ArrayList<>();
    private @Nullable StartedDatabase running;

    private LocalDatabase(Path home, int port, boolean durable) {
        this.home = home;
        this.port = port == 0 ? LoopbackPort.findFree() : port;
        this.durable = durable;
    }

    /**
     * Committed data survives a power failure.
     *
     * @param port 0 selects a free port, which the server keeps across restarts
     */
    public static LocalDatabase durable(Path home, int port) {
        return new LocalDatabase(home, port, true);
    }

    /**
     * For disposable data: without fsync it survives a crash of the program, but not of the machine.
     *
     * @param port 0 selects a free port, which the server keeps across restarts
     */
    public static LocalDatabase fast(Path home, int port) {
        return new LocalDatabase(home, port, false);
    }

    /** Overrides server settings, given as {@code name=value}. Call it before {@link #start}. */
    public synchronized LocalDatabase withSettings(String... settings) {
        extraSettings.addAll(List.of(settings));
        return this;
    }

    /**
     * Starts the server and waits until it accepts connections. Does nothing if it is running.
     *
     * @throws PortInUseException if another process listens on the port
     * @throws DirectoryRefusedException if the directory is in use, belongs to another user, or holds data of
     * another PostgreSQL version
     * @throws LocalServerFailedException if the server does not start for another reason
     */
    public synchronized LocalDatabase start() {
        if (running == null) {
            LockedDirectory directory = LockedDirectory.open(home);
            try {
                running = new StartedDatabase(directory, startIn(directory.path()));
            } catch (IOException e) {
                throw new UncheckedIOException("Could not start PostgreSQL in " + home, e);
            } finally {
                if (running == null) {
                    directory.close();
                }
            }
        }
        return this;
    }

    /** Terminates every session and keeps committed data. */
    public synchronized void stop() {
        if (running != null) {
            StartedDatabase stopping = running;
            running = null;
            try {
                stopping.server.stop();
            } finally {
                stopping.directory.close();
            }
        }
    }

    /** Kills the server as {@code kill -9} does. The next start recovers committed data. */
    public synchronized void kill() {
        if (running != null) {
            running.server.kill();
            stop();
        }
    }

    @Override
    public void close() {
        stop();
    }

    public String host() {
        return LoopbackPort.HOST;
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    public void createDatabaseIfMissing(String database) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USERNAME, "");
                PreparedStatement exists = connection.prepareStatement(DATABASE_EXISTS)) {
            exists.setString(1, database);
            if (!exists.executeQuery().next()) {
                create(connection, database);
            }
        } catch (SQLException e) {
            throw new LocalServerFailedException("Could not create database " + database, e);
        }
    }

    private static void create(Connection connection, String database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(database, true));
        }
    }

    private ServerProcess startIn(Path directory) throws IOException {
        PostgresCluster cluster = PostgresCluster.in(directory);
        cluster.stopLeftoverServer();
        LoopbackPort.requireFree("PostgreSQL", port);
        cluster.initializeIfMissing(durable ? "--sync-method=fsync" : "--no-sync");
        return cluster.start(settings());
    }

    private List<String> settings() {
        String durability = durable ? "on" : "off";
        Stream<String> usual = Stream.of(
                "port=" + port,
                "listen_addresses=" + LoopbackPort.HOST,
                // A socket's path is limited to 107 characters, and a clone's path may be longer: TCP only.
                "unix_socket_directories=",
                "fsync=" + durability,
                "synchronous_commit=" + durability,
                "full_page_writes=" + durability,
                "shared_buffers=64MB",
                // Default 1 kB: pg_stat_activity would truncate the longer statements.
                "track_activity_query_size=8kB",
                "timezone=UTC",
                "log_timezone=UTC");
        return Stream.concat(usual, extraSettings.stream())
                .flatMap(setting -> Stream.of("-c", setting))
                .toList();
    }

    private record StartedDatabase(LockedDirectory directory, ServerProcess server) {}
}
