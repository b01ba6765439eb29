package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses times, time zones and ids of the routes about jobs. */
final class JobTimeParser {

    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile(DAY + "T[0-9:.]{5,18}(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private JobTimeParser() {}

    /** Parses the begin of a range: a time, or a day from its start on. */
    static Instant parseFrom(String text, ZoneId zone) {
        Instant time = DAY.matcher(text).matches()
                ? RequestParameterParser.parseDay("from", text)
                        .atStartOfDay(zone)
                        .toInstant()
                : parseTime("from", text);
        return requireUsualTime("from", time);
    }

    /** Parses the end of a range, which is excluded: a time, or a day, which is included. */
    static Instant parseTo(String text, ZoneId zone) {
        Instant time = DAY.matcher(text).matches()
                ? RequestParameterParser.parseDay("to", text)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                : parseTime("to", text);
        return requireUsualTime("to", time);
    }

    /** PostgreSQL does not read the year 0, and Java writes years over 9999 with a sign. */
    private static Instant requireUsualTime(String name, Instant time) {
        if (time.isBefore(Instant.EPOCH) || !time.isBefore(END_OF_TIME)) {
            throw ApiException.badParameter(name, "a time from 1970 to 9998", time.toString());
        }
        return time;
    }

    /** Requires a range that is not empty. */
    static void requireOrder(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw ApiException.badParameter("from", "from: expected a time before to (" + to + "), got " + from);
        }
    }

    private static Instant parseTime(String name, String text) {
        try {
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            throw invalidTime(name, text);
        }
        throw invalidTime(name, text);
    }

    private static ApiException invalidTime(String name, String text) {
        return ApiException.badParameter(name, "a time such as 2026-01-31T10:15:00Z or a day such as 2026-01-31", text);
    }

    /** Parses a name of the IANA database. Offsets have no days with a clock change, so a name is needed. */
    static ZoneId parseZone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw ApiException.badParameter("tz", "a time zone such as Asia/Kathmandu or UTC", text);
        }
        return ZoneId.of(text);
    }

    /** Parses an id of a job. Java's own parser accepts shorter forms. */
    static UUID parseId(String name, String text) {
        if (!ID.matcher(text).matches()) {
            throw ApiException.badParameter(name, "an id such as 019ad5a1-0c7e-7b3e-9d35-0c0b6f3e9a10", text);
        }
        return UUID.fromString(text);
    }

    /** Whether a quarter hour begins at a time, or there is none. */
    static boolean isQuarterHour(@Nullable Instant time) {
        return time == null || time.equals(startOfQuarterHour(time));
    }

    static Instant startOfQuarterHour(Instant time) {
        return SummedRange.floor(time, QUARTER_HOUR);
    }

    /** A time or a day. */
    static final class TimeRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            if (DAY.matcher(value).matches()) {
                RequestParameterParser.parseDay(parameter, value);
            } else {
                parseTime(parameter, value);
            }
        }
    }

    /** An id of a job. */
    static final class JobIdRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            parseId(parameter, value);
        }
    }

    /** A time zone. */
    static final class ZoneRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            parseZone(value);
        }
    }
}
