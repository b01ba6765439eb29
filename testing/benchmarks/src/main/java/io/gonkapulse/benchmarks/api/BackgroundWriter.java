package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Commits ten times a second, as a busy writer does, so that responses stay in the cache for a moment only. */
final class BackgroundWriter implements AutoCloseable {

    private static final long PERIOD_MILLIS = 100;

    /** Any commit changes the data version that the response cache checks. */
    private static final String WRITE = """
            update trackers
               set updated_at = clock_timestamp()
            """;

    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Thread thread;
    private final String url;

    BackgroundWriter(LocalDatabase database) {
        this.url = database.jdbcUrl(ApiDataGenerator.DATABASE);
        this.thread = new Thread(this::write, "background-writer");
    }

    /** Writes until {@link #close()}. */
    void start() {
        thread.start();
    }

    private void write() {
        try (Connection connection = DriverManager.getConnection(url, LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement()) {
            while (!stopRequested.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                statement.execute(WRITE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not write to the database", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopRequested.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
