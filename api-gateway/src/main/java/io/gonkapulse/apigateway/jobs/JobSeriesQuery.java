package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for a series.
 *
 * @param bot null for all bots
 * @param boundaries where the buckets begin, and where the last one ends
 * @param now begin of the current quarter hour; a bucket that ends later is not complete
 */
record JobSeriesQuery(
        Interval interval, ZoneId zone, @Nullable String bot, List<Instant> boundaries, Instant now) {

    static final int MAX_BUCKETS = 1_000;

    /**
     * Parses the parameters. The range is extended to whole buckets.
     *
     * @param now end of the range if the request has none
     */
    static JobSeriesQuery of(
            Interval interval,
            ZoneId zone,
            @Nullable String bot,
            @Nullable String from,
            @Nullable String to,
            Instant now) {
        Instant end = to == null ? now : JobTimeParser.parseTo(to, zone);
        Instant start = from == null ? interval.defaultStart(end, zone) : JobTimeParser.parseFrom(from, zone);
        JobTimeParser.requireOrder(start, end);
        return new JobSeriesQuery(
                interval,
                zone,
                bot,
                createBoundaries(interval, zone, start, end),
                JobTimeParser.startOfQuarterHour(now));
    }

    private static List<Instant> createBoundaries(Interval interval, ZoneId zone, Instant start, Instant end) {
        List<Instant> boundaries = new ArrayList<>();
        boundaries.add(interval.start(start, zone));
        Instant last = boundaries.get(0);
        while (last.isBefore(end)) {
            if (boundaries.size() > MAX_BUCKETS) {
                throw ApiException.badParameter(
                        "from",
                        "from: expected at most " + MAX_BUCKETS + " buckets of interval " + interval.apiName()
                                + " before to (" + end + "), got " + start);
            }
            last = interval.next(last, zone);
            boundaries.add(last);
        }
        return List.copyOf(boundaries);
    }

    /**
     * The length of a bucket. Days and months are those of the time zone, 23 to 25 hours long when its clock changes. All
     * boundaries are quarter hours of UTC, because the offsets of all time zones are.
     */
    enum Interval {
        QUARTER_HOUR("15min", 95 * 15, ChronoUnit.MINUTES),
        HOUR("hour", 167, ChronoUnit.HOURS),
        DAY("day", 29, ChronoUnit.DAYS),
        MONTH("month", 11, ChronoUnit.MONTHS);

        private static final List<String> CHOICES =
                Arrays.stream(values()).map(Interval::apiName).toList();

        private final String apiName;
        private final int unitsBefore;
        private final ChronoUnit unit;

        /** The default range begins with the bucket that is some units before the last one. */
        Interval(String apiName, int unitsBefore, ChronoUnit unit) {
            this.apiName = apiName;
            this.unitsBefore = unitsBefore;
            this.unit = unit;
        }

        static Interval parse(String name) {
            RequestParameterParser.requireChoice("interval", name, CHOICES);
            return Arrays.stream(values())
                    .filter(interval -> interval.apiName.equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        String apiName() {
            return apiName;
        }

        private Instant defaultStart(Instant end, ZoneId zone) {
            return start(end.minusNanos(1), zone)
                    .atZone(zone)
                    .minus(unitsBefore, unit)
                    .toInstant();
        }

        /** The begin of the bucket of a time. */
        Instant start(Instant time, ZoneId zone) {
            ZonedDateTime local = time.atZone(zone);
            LocalDate day = local.toLocalDate();
            return switch (this) {
                case QUARTER_HOUR -> JobTimeParser.startOfQuarterHour(time);
                case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
                case DAY -> day.atStartOfDay(zone).toInstant();
                case MONTH -> day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
            };
        }

        /** The begin of the bucket after the one that begins at a time. */
        private Instant next(Instant start, ZoneId zone) {
            LocalDate day = start.atZone(zone).toLocalDate();
            return switch (this) {
                case QUARTER_HOUR -> start.plus(JobTimeParser.QUARTER_HOUR);
                case HOUR -> nextHour(start, zone);
                case DAY -> day.plusDays(1).atStartOfDay(zone).toInstant();
                case MONTH ->
                    day.withDayOfMonth(1).plusMonths(1).atStartOfDay(zone).toInstant();
            };
        }

        /** Where a clock goes back by half an hour, a local hour has no second begin. */
        private Instant nextHour(Instant start, ZoneId zone) {
            Instant later = start.plus(1, ChronoUnit.HOURS);
            Instant hour = start(later, zone);
            return hour.isAfter(start) ? hour : later;
        }
    }

    /** A quarter hour, an hour, a day or a month. */
    static final class SeriesIntervalRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            Interval.parse(value);
        }
    }
}
