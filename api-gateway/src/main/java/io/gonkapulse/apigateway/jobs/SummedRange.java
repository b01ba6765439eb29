package io.gonkapulse.apigateway.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A range of whole buckets of one length of {@code audit.job_sums_api}: a long time has few days, and hours and quarter
 * hours at its ends only.
 *
 * @param number which of the wanted times the range is a part of
 * @param from null for no bound
 * @param to null for no bound
 */
record SummedRange(
        int number,
        Duration length,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** The ranges of a statement as rows, whose parameters are {@link #sqlParameters}. */
    static final String ROWS = """
            unnest(cast(:numbers as integer[]), cast(:minutes as smallint[]), cast(:starts as timestamptz[]),
                   cast(:ends as timestamptz[])) wanted (number, minutes, since, until)
            """;

    /** The condition on a bucket of the sums. Uses uq_job_sums, with a condition on the bot. */
    static final String IS_WANTED = "minutes = wanted.minutes and bucket >= wanted.since and bucket < wanted.until";

    private static final List<Duration> LENGTHS =
            List.of(Duration.ofDays(1), Duration.ofHours(1), JobTimeParser.QUARTER_HOUR);

    /** Splits a time, which begins and ends with a quarter hour, into as few ranges as possible. */
    static List<SummedRange> split(int number, @Nullable Instant from, @Nullable Instant to) {
        List<SummedRange> ranges = new ArrayList<>();
        split(number, from, to, 0, ranges);
        return ranges;
    }

    private static void split(
            int number, @Nullable Instant from, @Nullable Instant to, int level, List<SummedRange> ranges) {
        Duration length = LENGTHS.get(level);
        if (level == LENGTHS.size() - 1) {
            ranges.add(new SummedRange(number, length, from, to));
            return;
        }
        Instant first = from == null ? null : ceil(from, length);
        Instant last = to == null ? null : floor(to, length);
        if (first != null && last != null && !first.isBefore(last)) {
            split(number, from, to, level + 1, ranges);
            return;
        }
        if (from != null && first != null && from.isBefore(first)) {
            split(number, from, first, level + 1, ranges);
        }
        ranges.add(new SummedRange(number, length, first, last));
        if (to != null && last != null && last.isBefore(to)) {
            split(number, last, to, level + 1, ranges);
        }
    }

    static Instant floor(Instant time, Duration length) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }

    static Instant ceil(Instant time, Duration length) {
        Instant floor = floor(time, length);
        return floor.equals(time) ? time : floor.plus(length);
    }

    static Map<String, String> sqlParameters(List<SummedRange> ranges) {
        return Map.of(
                "numbers", array(ranges, range -> String.valueOf(range.number)),
                "minutes", array(ranges, range -> String.valueOf(range.length.toMinutes())),
                "starts", array(ranges, range -> range.from == null ? "-infinity" : range.from.toString()),
                "ends", array(ranges, range -> range.to == null ? "infinity" : range.to.toString()));
    }

    private static String array(List<SummedRange> ranges, Function<SummedRange, String> value) {
        return ranges.stream().map(value).collect(Collectors.joining(",", "{", "}"));
    }
}
