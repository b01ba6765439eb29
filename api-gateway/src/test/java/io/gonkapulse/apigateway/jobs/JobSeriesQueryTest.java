package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.jobs.JobSeriesQuery.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobSeriesQueryTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:07:00Z");

    @ParameterizedTest
    @CsvSource({
        "Asia/Kathmandu, 2026-03-10, 2026-03-09T18:15:00Z, 24",
        "Europe/Berlin, 2026-03-29, 2026-03-28T23:00:00Z, 23",
        "Europe/Berlin, 2026-10-25, 2026-10-24T22:00:00Z, 25",
        "America/St_Johns, 2026-03-08, 2026-03-08T03:30:00Z, 23",
        "America/St_Johns, 2026-11-01, 2026-11-01T02:30:00Z, 25",
        // The clock goes forward at midnight, so the day begins at 01:00.
        "Asia/Beirut, 2026-03-29, 2026-03-28T22:00:00Z, 23"
    })
    void daysAreLocal(String zone, String day, Instant start, int hours) {
        JobSeriesQuery query = parse("day", zone, day, day);

        assertThat(query.boundaries()).containsExactly(start, start.plus(Duration.ofHours(hours)));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29, 23",
        "Europe/Berlin, 2026-10-25, 25",
        "America/St_Johns, 2026-11-01, 25",
        "Asia/Kathmandu, 2026-03-29, 24"
    })
    void hoursFillDay(String zone, String day, int hours) {
        List<Instant> boundaries = parse("hour", zone, day, day).boundaries();

        assertThat(boundaries).hasSize(hours + 1);
        assertThat(IntStream.range(0, hours).mapToObj(i -> Duration.between(boundaries.get(i), boundaries.get(i + 1))))
                .containsOnly(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"2026-04-05, 1470", "2026-10-04, 1410"})
    void hoursFillDayWithHalfHourChange(String day, int minutes) {
        List<Instant> boundaries =
                parse("hour", "Australia/Lord_Howe", day, day).boundaries();

        assertThat(boundaries).isSorted().doesNotHaveDuplicates();
        assertThat(Duration.between(boundaries.get(0), boundaries.get(boundaries.size() - 1)))
                .isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void monthsAreLocal() {
        assertThat(parse("month", "Asia/Kathmandu", "2026-01-31", "2026-03-01").boundaries())
                .containsExactly(
                        Instant.parse("2025-12-31T18:15:00Z"),
                        Instant.parse("2026-01-31T18:15:00Z"),
                        Instant.parse("2026-02-28T18:15:00Z"),
                        Instant.parse("2026-03-31T18:15:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"15min, 96", "hour, 168", "day, 30", "month, 12"})
    void defaultRangeEndsNow(String interval, int buckets) {
        List<Instant> boundaries = parse(interval, "Asia/Kathmandu", null, null).boundaries();

        assertThat(boundaries).hasSize(buckets + 1);
        assertThat(boundaries.get(buckets - 1)).isBeforeOrEqualTo(NOW);
        assertThat(boundaries.get(buckets)).isAfter(NOW);
    }

    @Test
    void extendsRangeToWholeBuckets() {
        assertThat(parse("hour", "UTC", "2026-03-10T10:59:59.999Z", "2026-03-10T11:00:00.001Z")
                        .boundaries())
                .containsExactly(
                        Instant.parse("2026-03-10T10:00:00Z"),
                        Instant.parse("2026-03-10T11:00:00Z"),
                        Instant.parse("2026-03-10T12:00:00Z"));
    }

    @Test
    void limitsBuckets() {
        assertThat(parse("hour", "UTC", "2026-01-01T00:00:00Z", "2026-02-11T16:00:00Z")
                        .boundaries())
                .hasSize(JobSeriesQuery.MAX_BUCKETS + 1);
        assertThatThrownBy(() -> parse("hour", "UTC", "2026-01-01T00:00:00Z", "2026-02-11T16:00:01Z"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("at most 1000 buckets");
    }

    /** All sums are of quarter hours, so each boundary must be one. */
    @ParameterizedTest
    @MethodSource("java.time.ZoneId#getAvailableZoneIds")
    void boundariesAreQuarterHours(String zone) {
        for (String interval : List.of("hour", "day", "month")) {
            for (Instant time = Instant.parse("2020-01-01T00:00:00Z");
                    time.isBefore(Instant.parse("2030-01-01T00:00:00Z"));
                    time = time.plus(Duration.ofHours(997))) {
                assertThat(JobTimeParser.isQuarterHour(Interval.parse(interval).start(time, ZoneId.of(zone))))
                        .as(interval)
                        .isTrue();
            }
        }
    }

    private static JobSeriesQuery parse(String interval, String zone, @Nullable String from, @Nullable String to) {
        return JobSeriesQuery.of(Interval.parse(interval), ZoneId.of(zone), null, from, to, NOW);
    }
}
