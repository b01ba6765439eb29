package io.gonkapulse.apigateway.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gonkapulse.apigateway.http.BucketDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of the history routes. Buckets without data are missing.
 *
 * @param identifier omitted for the network
 * @param historyStart the first day with data, in the range or not; null without data
 */
record HistoryResponse(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String identifier,
        String metric,
        String interval,
        LocalDate from,
        LocalDate to,
        @Nullable LocalDate historyStart,
        List<Item> items) {

    static HistoryResponse of(HistoryQuery query, @Nullable LocalDate historyStart, List<HistoryBucket> buckets) {
        return new HistoryResponse(
                query.identifier(),
                query.metric().apiName(),
                query.interval().apiName(),
                query.range().from(),
                query.range().to(),
                historyStart,
                buckets.stream()
                        .map(bucket -> Item.of(bucket, query, historyStart))
                        .toList());
    }

    /**
     * A value as the database computes it.
     *
     * @param start the first day of the bucket
     * @param seenMinutes null unless the value is an uptime
     */
    record HistoryBucket(
            LocalDate start, BigDecimal value, @Nullable BigDecimal seenMinutes) {}

    record Item(
            LocalDate date,
            LocalDate from,
            LocalDate to,
            boolean complete,
            BigDecimal value,
            @Nullable BigDecimal seenMinutes) {

        private static Item of(HistoryBucket bucket, HistoryQuery query, @Nullable LocalDate historyStart) {
            BucketDays days =
                    BucketDays.of(bucket.start(), query.interval(), query.range(), historyStart, query.today());
            return new Item(days.date(), days.from(), days.to(), days.complete(), bucket.value(), bucket.seenMinutes());
        }
    }
}
