package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
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
 * Reads the version of the data at intervals: the transactions that are visible to a new statement. While the version
 * is the same, every statement returns the same result. The monitor reads it in the background, so that
 * a request needs no second statement.
 */
@Component
public class DataVersionMonitor {

    /** A standby server does not list all transactions that it waits for, so it has no version. */
    private static final String READ = """
            select case when not pg_is_in_recovery() then pg_current_snapshot()::text end
            """;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final long IDLE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final JdbcClient client;
    private final Ticker ticker;
    private final long validNanos;
    private final ScheduledExecutorService scheduler;
    private final Future<?> schedule;
    private volatile VersionReading latest = new VersionReading(null, 0);
    private volatile long requestedNanos;

    DataVersionMonitor(QueryClient queryClient, GatewayProperties properties, Ticker ticker) {
        this.client = queryClient.createJdbcClient(TIMEOUT);
        this.ticker = ticker;
        this.validNanos = properties.cacheTtl().toNanos();
        this.requestedNanos = ticker.read() - 2 * IDLE_AFTER_NANOS;
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "data-version");
            thread.setDaemon(true);
            return thread;
        });
        this.schedule = validNanos > 0
                ? scheduler.scheduleWithFixedDelay(this::read, 0, validNanos / 2, TimeUnit.NANOSECONDS)
                : CompletableFuture.completedFuture(null);
    }

    /** Returns null if the version is unknown or too old. */
    @Nullable
    String current() {
        long now = ticker.read();
        requestedNanos = now;
        VersionReading newest = latest;
        return now - newest.startedNanos < validNanos ? newest.version : null;
    }

    /** Reads the version, unless there was no request for ten seconds: an idle gateway causes no load. */
    private void read() {
        long startedNanos = ticker.read();
        if (startedNanos - requestedNanos > IDLE_AFTER_NANOS) {
            return;
        }
        try {
            latest = new VersionReading(
                    client.sql(READ).query(String.class).optional().orElse(null), startedNanos);
        } catch (DataAccessException e) {
            latest = new VersionReading(null, startedNanos);
        }
    }

    @PreDestroy
    void close() {
        schedule.cancel(true);
        scheduler.shutdownNow();
    }

    private record VersionReading(@Nullable String version, long startedNanos) {}
}
