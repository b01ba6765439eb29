package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.contracts.Ngonka;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an earnings request.
 *
 * @param identifier null for the sum over all nodes
 * @param fill whether to return buckets without earnings, too
 * @param today the current day; later days have no data
 */
record EarningsQuery(@Nullable String identifier, DayRange range, Interval interval, boolean fill, LocalDate today) {

    /** The identifier of a query for one node. */
    String requireIdentifier() {
        return Objects.requireNonNull(identifier);
    }

    /** True if one statement can run both queries: they differ in the node only. */
    boolean hasSameDays(EarningsQuery other) {
        return interval == other.interval && range.equals(other.range) && today.equals(other.today);
    }

    /**
     * The days that can have data: those of the range, from the start of the history to today. Empty if there are none.
     */
    Optional<DayRange> daysWithHistory(@Nullable LocalDate historyStart) {
        if (historyStart == null) {
            return Optional.empty();
        }
        LocalDate from = range.from().isBefore(historyStart) ? historyStart : range.from();
        LocalDate to = range.to().isAfter(today) ? today : range.to();
        return from.isAfter(to) ? Optional.empty() : Optional.of(new DayRange(from, to));
    }

    /** The length of a bucket: a day, an ISO week from Monday, or a calendar month. */
    enum Interval {
        DAY(Period.ofDays(1)),
        WEEK(Period.ofWeeks(1)),
        MONTH(Period.ofMonths(1));

        private static final Set<String> CHOICES = Set.of("day", "week", "month");

        private final Period length;

        Interval(Period length) {
            this.length = length;
        }

        static Interval parse(String name) {
            return valueOf(RequestParameterParser.requireChoice("interval", name, CHOICES)
                    .toUpperCase(Locale.ROOT));
        }

        /** The name in the API and in PostgreSQL's {@code date_trunc}. */
        String apiName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The first days of all buckets that overlap the range. */
        Stream<LocalDate> startDates(DayRange range) {
            return startDate(range.from()).datesUntil(range.to().plusDays(1), length);
        }

        /** The first day of the bucket of a day. */
        LocalDate startDate(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        /** The last day of the bucket that starts on a day. */
        LocalDate endDate(LocalDate start) {
            return start.plus(length).minusDays(1);
        }
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
