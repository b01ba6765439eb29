package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.DayRange;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The length of a bucket: a day, an ISO week from Monday, or a calendar month. */
enum EarningsInterval {
    DAY(Period.ofDays(1)),
    WEEK(Period.ofWeeks(1)),
    MONTH(Period.ofMonths(1));

    static final Set<String> CHOICES = Set.of("day", "week", "month");

    private final Period length;

    EarningsInterval(Period length) {
        this.length = length;
    }

    static EarningsInterval parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in the API and in PostgreSQL's {@code date_trunc}. */
    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first days of all buckets that overlap the range. */
    Stream<LocalDate> startDates(DayRange range) {
        return startDate(range.from()).datesUntil(range.to().plusDays(1), length);
    }

    private LocalDate startDate(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }
}
