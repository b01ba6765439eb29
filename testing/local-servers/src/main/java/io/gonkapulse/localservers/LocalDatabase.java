package io.gonkapulse.localservers;

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
 * A real PostgreSQL server that lives as long as it is open, with its data in one directory and its programs unpacked
 * beside it. Only this machine reaches it; nobody needs a password. A killed program leaves its server behind: the next
 * start on the same directory stops that one first.
 */
public final class LocalDatabase implements AutoCloseable {

    public static final String USERNAME = "postgres";

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

    /** What was committed survives a power cut. Port 0 takes a free one, and keeps it. */
    public static LocalDatabase durable(Path home, int port) {
        return new LocalDatabase(home, port, true);
    }

    /** For data that nobody will miss: survives a stop and a crash of the program, not one of the machine. */
    public static LocalDatabase fast(Path home, int port) {
        return new LocalDatabase(home, port, false);
    }

    /** Settings of the server as {@code name=value}, which win; to be called before the start. */
    public synchronized LocalDatabase withSettings(String... settings) {
        extraSettings.addAll(List.of(settings));
        return this;
    }

    /**
     * Returns when the server takes connections.
     *
     * @throws PortInUseException if something else listens on the port
     * @throws DirectoryRefusedException if the directory is in use, someone else's, or of another PostgreSQL
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

    /** Ends every session; what was committed stays. */
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

    /** Ends the server as {@code kill -9} does; what was committed is there again after the next start. */
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

    private PostgresServerProcess startIn(Path directory) throws IOException {
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
                // The path of a socket may not exceed 107 characters; that of a clone may.
                "unix_socket_directories=",
                "fsync=" + durability,
                "synchronous_commit=" + durability,
                "full_page_writes=" + durability,
                "shared_buffers=64MB",
                // Whole statements in pg_stat_activity.
                "track_activity_query_size=8kB",
                "timezone=UTC",
                "log_timezone=UTC");
        return Stream.concat(usual, extraSettings.stream())
                .flatMap(setting -> Stream.of("-c", setting))
                .toList();
    }

    private record StartedDatabase(LockedDirectory directory, PostgresServerProcess server) {}
}
