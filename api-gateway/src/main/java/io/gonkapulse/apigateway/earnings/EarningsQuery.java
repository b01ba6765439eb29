package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an earnings request.
 *
 * @param identifier null for the sum over all nodes
 * @param fill whether to return buckets without earnings, too
 * @param today the current day; later days have no data
 */
record EarningsQuery(
        @Nullable String identifier, DayRange range, DayRange.Interval interval, boolean fill, LocalDate today) {

    /** The identifier of a query for one node. */
    String requireIdentifier() {
        return Objects.requireNonNull(identifier);
    }

    /** True if one statement can run both queries: they differ in the node only. */
    boolean hasSameDays(EarningsQuery other) {
        return interval == other.interval && range.equals(other.range) && today.equals(other.today);
    }

    /**
     * The earnings of a day, a week or a month.
     *
     * @param date the first day
     * @param sources the trackers that reported the earnings
     * @param state settled if all days are settled; null if there is no data
     * @param nodes the number of nodes that earned something; null for a single node
     */
    record Bucket(
            LocalDate date,
            Ngonka earnings,
            List<String> sources,
            @Nullable String state,
            @Nullable Long nodes) {

        static Bucket empty(LocalDate date, boolean countsNodes) {
            return new Bucket(date, Ngonka.ZERO, List.of(), null, countsNodes ? 0L : null);
        }

        boolean hasEarnings() {
            return earnings.amount().signum() != 0;
        }
    }
}
