package io.gonkapulse.apigateway.network;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response body of the trackers route. */
record TrackerListResponse(List<Tracker> items) {

    /** A tracker. Rates and durations cover the polls of the last hour. */
    record Tracker(
            String name,
            String kind,
            BigDecimal intervalSeconds,
            @Nullable String owner,
            @Nullable String url,
            @Nullable String outcome,
            @Nullable String error,
            @Nullable Instant lastPollAt,
            @Nullable Instant lastSuccessAt,
            @Nullable Long epoch,
            @Nullable Long blockHeight,
            @Nullable Instant blockTime,
            long polls1h,
            @Nullable BigDecimal successRate1h,
            @Nullable Long medianDurationMs,
            @Nullable Long p95DurationMs) {

        /** A copy without processes, hosts, addresses and error texts. */
        Tracker withoutInternals() {
            return new Tracker(
                    name,
                    kind,
                    intervalSeconds,
                    null,
                    null,
                    outcome,
                    null,
                    lastPollAt,
                    lastSuccessAt,
                    epoch,
                    blockHeight,
                    blockTime,
                    polls1h,
                    successRate1h,
                    medianDurationMs,
                    p95DurationMs);
        }
    }
}
