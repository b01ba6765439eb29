package io.gonkapulse.apigateway.network;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of the trackers route.
 *
 * @param items the first ones by name
 * @param total the number of all trackers
 */
record TrackerListResponse(List<Tracker> items, long total) {

    /** A copy without processes, hosts, addresses and error texts. */
    TrackerListResponse withoutInternals() {
        return new TrackerListResponse(
                items.stream().map(Tracker::withoutInternals).toList(), total);
    }

    /** Polls of the last hour for another purpose than the running epoch. */
    record OtherPolls(
            String purpose,
            long polls,
            @Nullable BigDecimal successRate,
            @Nullable Long medianDurationMs,
            @Nullable Long p95DurationMs) {}

    /** A tracker. Rates and durations cover the polls of the running epoch in the last hour. */
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
            @Nullable Long p95DurationMs,
            List<OtherPolls> otherPolls1h) {

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
                    p95DurationMs,
                    otherPolls1h);
        }
    }
}
