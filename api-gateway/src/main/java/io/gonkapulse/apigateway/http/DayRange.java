package io.gonkapulse.apigateway.http;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A range of UTC days, both ends included. */
public record DayRange(LocalDate from, LocalDate to) {

    static final int MAX_DAYS = 1_830;
    private static final int DEFAULT_DAYS = 30;

    /** Parses the parameters {@code from} and {@code to}. Without them the range is the last 30 days. */
    public static DayRange parse(@Nullable String fromText, @Nullable String toText, LocalDate today) {
        return parse(fromText, toText, Interval.DAY, today);
    }

    /** Parses the parameters. A range without {@code from} begins with a whole bucket of the interval. */
    public static DayRange parse(
            @Nullable String fromText, @Nullable String toText, Interval interval, LocalDate today) {
        LocalDate to = toText == null ? today : RequestParameterParser.parseDay("to", toText);
        LocalDate from = fromText == null
                ? interval.startDate(to.minusDays(DEFAULT_DAYS - 1L))
                : RequestParameterParser.parseDay("from", fromText);
        if (from.isAfter(to)) {
            throw ApiException.badParameter("from", "from: expected a day not after to (" + to + "), got " + from);
        }
        if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
            throw ApiException.badParameter(
                    "from", "from: expected at most " + MAX_DAYS + " days before to (" + to + "), got " + from);
        }
        return new DayRange(from, to);
    }

    /**
     * The days of the range that can have data: from the start of the history to today. Empty if there are none.
     *
     * @param historyStart null if there is no history
     */
    public Optional<DayRange> daysWithHistory(@Nullable LocalDate historyStart, LocalDate today) {
        if (historyStart == null) {
            return Optional.empty();
        }
        LocalDate first = from.isBefore(historyStart) ? historyStart : from;
        LocalDate last = to.isAfter(today) ? today : to;
        return first.isAfter(last) ? Optional.empty() : Optional.of(new DayRange(first, last));
    }

    /** The length of a bucket: a day, an ISO week from Monday, or a calendar month. */
    public enum Interval {
        DAY(Period.ofDays(1)),
        WEEK(Period.ofWeeks(1)),
        MONTH(Period.ofMonths(1));

        private static final Set<String> CHOICES = Set.of("day", "week", "month");

        private final Period length;

        Interval(Period length) {
            this.length = length;
        }

        public static Interval parse(String name) {
            return valueOf(RequestParameterParser.requireChoice("interval", name, CHOICES)
                    .toUpperCase(Locale.ROOT));
        }

        /** The name in the API and in PostgreSQL's {@code date_trunc}. */
        public String apiName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The first days of all buckets that overlap the range. */
        public Stream<LocalDate> startDates(DayRange range) {
            return startDate(range.from()).datesUntil(range.to().plusDays(1), length);
        }

        /** The first day of the bucket of a day. */
        public LocalDate startDate(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        /** The last day of the bucket that starts on a day. */
        public LocalDate endDate(LocalDate start) {
            return start.plus(length).minusDays(1);
        }
    }

    /** A day, a week or a month. */
    public static final class IntervalRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            Interval.parse(value);
        }
    }
}
