package io.gonkapulse.apigateway.web;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which transactions a statement sees: as long as they are the same, every statement answers the same, whoever writes. Read
 * beside the requests, so that none of them needs a second statement.
 */
@Component
class DataVersion {

    /** A standby does not list all that it waits for. */
    private static final String READ = """
            select case when not pg_is_in_recovery() then pg_current_snapshot()::text end
            """;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final long ASKED_LATELY = TimeUnit.SECONDS.toNanos(10);

    private final JdbcClient client;
    private final long validNanos;
    private final ScheduledExecutorService reader;
    private final Future<?> readings;
    private volatile Reading reading = new Reading(null, 0);
    private volatile long askedAt;

    DataVersion(Database database, GatewayProperties properties) {
        this.client = database.client(TIMEOUT);
        this.validNanos = properties.shareAnswers().toNanos();
        this.askedAt = System.nanoTime() - 2 * ASKED_LATELY;
        this.reader = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "data-version");
            thread.setDaemon(true);
            return thread;
        });
        this.readings = validNanos > 0
                ? reader.scheduleWithFixedDelay(this::read, 0, validNanos / 2, TimeUnit.NANOSECONDS)
                : CompletableFuture.completedFuture(null);
    }

    /** Null if it is not known, or known only of a time that is too long ago. */
    @Nullable
    String current() {
        long now = System.nanoTime();
        askedAt = now;
        Reading newest = reading;
        return now - newest.begunAt < validNanos ? newest.version : null;
    }

    /** A gateway that nobody asks leaves the database alone. */
    private void read() {
        long begunAt = System.nanoTime();
        if (begunAt - askedAt > ASKED_LATELY) {
            return;
        }
        try {
            reading =
                    new Reading(client.sql(READ).query(String.class).optional().orElse(null), begunAt);
        } catch (DataAccessException e) {
            reading = new Reading(null, begunAt);
        }
    }

    @PreDestroy
    void close() {
        readings.cancel(true);
        reader.shutdownNow();
    }

    private record Reading(@Nullable String version, long begunAt) {}
}
