package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.network.TrackerRepository.TrackerRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response body of the trackers route. */
record TrackerListResponse(List<Tracker> items) {

    static TrackerListResponse of(List<TrackerRow> rows) {
        return new TrackerListResponse(rows.stream().map(Tracker::of).toList());
    }

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

        private static final int MILLIS = 3;

        private static Tracker of(TrackerRow row) {
            return new Tracker(
                    row.name(),
                    row.kind(),
                    seconds(row.intervalMillis()),
                    row.owner(),
                    row.url() == null ? null : redact(row.url()),
                    row.outcome(),
                    row.error(),
                    row.lastPollAt(),
                    row.lastSuccessAt(),
                    row.epoch(),
                    row.height(),
                    row.blockTime(),
                    row.polls(),
                    AmountFormatter.stripZeros(row.successRate()),
                    row.medianMillis(),
                    row.p95Millis());
        }

        private static BigDecimal seconds(long millis) {
            BigDecimal seconds = BigDecimal.valueOf(millis, MILLIS).stripTrailingZeros();
            return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
        }

        /** Removes user, password and query, because some trackers are polled with a key in the address. */
        private static String redact(String url) {
            return url.replaceFirst("//[^/]*@", "//").replaceFirst("[?#].*$", "");
        }
    }
}
