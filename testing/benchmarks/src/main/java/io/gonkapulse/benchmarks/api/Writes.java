package io.gonkapulse.benchmarks.api;

import io.gonkapulse.testkit.local.LocalDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Commits something ten times a second, as the writers of a busy system do: no answer outlives it. */
final class Writes implements AutoCloseable {

    private static final long PERIOD_MILLIS = 100;

    private static final String WRITE = """
            update trackers
               set updated_at = clock_timestamp()
            """;

    private final CountDownLatch enough = new CountDownLatch(1);
    private final Thread thread;
    private final String url;

    Writes(LocalDatabase database) {
        this.url = database.jdbcUrl(ApiData.DATABASE);
        this.thread = new Thread(this::write, "writes");
    }

    void begin() {
        thread.start();
    }

    private void write() {
        try (Connection connection = DriverManager.getConnection(url, LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement()) {
            while (!enough.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                statement.execute(WRITE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be written to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        enough.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
