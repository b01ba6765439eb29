package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The earnings of a day, a week or a month.
 *
 * @param date the first day
 * @param source the trackers that reported the earnings, separated by commas; null without earnings
 * @param state settled if all days are settled; null if there is no data
 * @param nodes the number of nodes with earnings; null for a single node
 */
record EarningsBucket(
        LocalDate date,
        Ngonka earnings,
        @Nullable String source,
        @Nullable String state,
        @Nullable Long nodes) {

    static EarningsBucket empty(LocalDate date, boolean countsNodes) {
        return new EarningsBucket(date, Ngonka.ZERO, null, null, countsNodes ? 0L : null);
    }

    boolean hasEarnings() {
        return earnings.amount().signum() != 0;
    }
}
