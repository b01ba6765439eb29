package io.gonkapulse.migrations.database;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Waits between two attempts. For conditions that can only be polled: a database that another machine starts, a lock
 * that another session holds.
 */
final class RetryInterval {

    private RetryInterval() {}

    static void await(Duration duration) {
        try {
            boolean woken = new CountDownLatch(1).await(duration.toMillis(), MILLISECONDS);
            assert !woken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted while waiting; nothing is half done", e);
        }
    }
}
