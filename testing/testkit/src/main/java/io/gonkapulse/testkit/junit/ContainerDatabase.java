package io.gonkapulse.testkit.junit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.sql.SQLException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A database server in a Docker container. */
record ContainerDatabase(PostgreSQLContainer container) implements DatabaseServer {

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
                        "The database in the container does not respond. Its log:\n" + container.getLogs(), failure);
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

    private @org.jspecify.annotations.Nullable SQLException tryConnect() {
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
