package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.http.DayRange.Interval;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The days of a bucket in a response.
 *
 * @param date the first day of the bucket, in the range or not
 * @param from the first day that can have data
 * @param to the last day that can have data
 * @param complete whether all days of the bucket are over, in the range and in the history
 */
public record BucketDays(LocalDate date, LocalDate from, LocalDate to, boolean complete) {

    /**
     * Creates the days of a bucket.
     *
     * @param historyStart null if there is no history
     */
    public static BucketDays of(
            LocalDate date, Interval interval, DayRange range, @Nullable LocalDate historyStart, LocalDate today) {
        LocalDate last = interval.endDate(date);
        LocalDate from = Stream.of(date, range.from(), historyStart == null ? date : historyStart)
                .max(LocalDate::compareTo)
                .orElseThrow();
        LocalDate to =
                Stream.of(last, range.to(), today).min(LocalDate::compareTo).orElseThrow();
        return new BucketDays(
                date,
                from,
                to.isBefore(from) ? from : to,
                from.equals(date) && to.equals(last) && last.isBefore(today));
    }
}
