package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was earned in a day, a week or a month.
 *
 * @param date its first day
 * @param source who said so; several with commas, null where nothing was earned
 * @param state settled once all its days are; null where nothing is known of it
 * @param nodes how many earned; null for a single node
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
