package io.gonkapulse.apigateway.network;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tracker in the database. Rates and durations cover the polls of the last hour. */
record TrackerRow(
        String name,
        String kind,
        long intervalMillis,
        @Nullable String owner,
        @Nullable String url,
        @Nullable String outcome,
        @Nullable String error,
        @Nullable Instant lastPollAt,
        @Nullable Instant lastSuccessAt,
        @Nullable Long epoch,
        @Nullable Long height,
        @Nullable Instant blockTime,
        long polls,
        @Nullable BigDecimal successRate,
        @Nullable Long medianMillis,
        @Nullable Long p95Millis) {

    /** A copy without processes, hosts, addresses and error texts. */
    TrackerRow withoutInternals() {
        return new TrackerRow(
                name,
                kind,
                intervalMillis,
                null,
                null,
                outcome,
                null,
                lastPollAt,
                lastSuccessAt,
                epoch,
                height,
                blockTime,
                polls,
                successRate,
                medianMillis,
                p95Millis);
    }
}
