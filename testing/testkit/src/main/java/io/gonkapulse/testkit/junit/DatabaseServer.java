package io.gonkapulse.testkit.junit;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A database server for tests, beside this JVM or in a container. */
interface DatabaseServer extends RestartableServer {

    String host();

    int port();

    /** A superuser. Tests of grants use {@link TestDatabase#withRole} instead. */
    String username();

    String password();

    static DatabaseServer createStarted() {
        DatabaseServer server =
                ContainerSupport.areRequested() ? ContainerDatabase.create() : EmbeddedDatabase.create();
        server.start();
        return server;
    }

    /** A PostgreSQL server as a child process of this JVM, from binaries on the class path. */
    record EmbeddedDatabase(DisposableDirectory directory, LocalDatabase database) implements DatabaseServer {

        /** In the tested module's {@code target}, which {@code clean} deletes. */
        static final Path PARENT_DIRECTORY = Path.of("target", "testkit").toAbsolutePath();

        static EmbeddedDatabase create() {
            DisposableDirectory home = DisposableDirectory.createIn(PARENT_DIRECTORY, "database");
            return new EmbeddedDatabase(home, LocalDatabase.fast(home.path(), 0));
        }

        @Override
        public String host() {
            return database.host();
        }

        @Override
        public int port() {
            return database.port();
        }

        @Override
        public String username() {
            return LocalDatabase.USERNAME;
        }

        @Override
        public String password() {
            return "";
        }

        @Override
        public void start() {
            database.start();
        }

        @Override
        public void stop() {
            database.stop();
        }

        @Override
        public void close() {
            database.close();
            directory.close();
        }
    }

    /** A database server in a Docker container. */
    record ContainerDatabase(PostgreSQLContainer container) implements DatabaseServer {

        /** Inside the container. */
        private static final int PORT = 5432;

        private static final int STARTUP_TIMEOUT_SECONDS = 60;

        static ContainerDatabase create() {
            PostgreSQLContainer container = new PostgreSQLContainer(ContainerSupport.image("postgres"))
                    .withUsername("postgres")
                    .withPassword("for-tests-only")
                    .withDatabaseName("postgres");
            ContainerSupport.bindFixedPort(container, PORT);
            return new ContainerDatabase(container);
        }

        @Override
        public String host() {
            return container.getHost();
        }

        @Override
        public int port() {
            return container.getMappedPort(PORT);
        }

        @Override
        public String username() {
            return container.getUsername();
        }

        @Override
        public String password() {
            return container.getPassword();
        }

        /** Waits for a connection: the container is up before the server accepts logins. */
        @Override
        public void start() {
            ContainerSupport.start(container);
            long deadline = System.nanoTime() + SECONDS.toNanos(STARTUP_TIMEOUT_SECONDS);
            for (SQLException failure = tryConnect(); failure != null; failure = tryConnect()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "The database in the container does not respond. Its log:\n" + container.getLogs(),
                            failure);
                }
            }
        }

        @Override
        public void stop() {
            ContainerSupport.stop(container);
        }

        @Override
        public void close() {
            container.close();
        }

        private @Nullable SQLException tryConnect() {
            try {
                new TestDatabase(this, container.getDatabaseName())
                        .dataSource()
                        .getConnection()
                        .close();
                return null;
            } catch (SQLException e) {
                return e;
            }
        }
    }
}
