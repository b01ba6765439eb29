package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummedRangeTest {

    @ParameterizedTest
    @CsvSource({
        // A local day of Kathmandu.
        "2026-03-09T18:15:00Z, 2026-03-10T18:15:00Z, PT15M PT1H PT15M",
        "2026-03-09T00:00:00Z, 2026-03-11T00:00:00Z, PT24H",
        "2026-03-09T22:45:00Z, 2026-03-11T01:15:00Z, PT15M PT1H PT24H PT1H PT15M",
        "2026-03-09T22:45:00Z, 2026-03-09T23:15:00Z, PT15M",
        "2026-03-09T23:00:00Z, 2026-03-10T01:00:00Z, PT1H"
    })
    void longBucketsFillTheMiddle(Instant from, Instant to, String lengths) {
        List<SummedRange> ranges = SummedRange.split(7, from, to);

        assertThat(ranges.stream().map(range -> range.length().toString())).containsExactly(lengths.split(" "));
        assertThat(ranges).allMatch(range -> range.number() == 7);
        assertThat(ranges.get(0).from()).isEqualTo(from);
        assertThat(ranges.get(ranges.size() - 1).to()).isEqualTo(to);
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).from()).isEqualTo(ranges.get(i - 1).to());
        }
    }

    @Test
    void openEndsHaveDays() {
        Instant hour = Instant.parse("2026-03-10T11:00:00Z");
        Instant midnight = Instant.parse("2026-03-11T00:00:00Z");

        assertThat(SummedRange.split(0, null, null))
                .containsExactly(new SummedRange(0, Duration.ofDays(1), null, null));
        assertThat(SummedRange.split(0, hour, null))
                .containsExactly(
                        new SummedRange(0, Duration.ofHours(1), hour, midnight),
                        new SummedRange(0, Duration.ofDays(1), midnight, null));
        assertThat(SummedRange.sqlParameters(SummedRange.split(0, null, midnight)))
                .containsEntry("starts", "{-infinity}")
                .containsEntry("ends", "{2026-03-11T00:00:00Z}");
    }

    /** Until 1972 Monrovia's clock had an offset of 44 minutes and 30 seconds. */
    @Test
    void boundariesNeedNotBeQuarterHours() {
        Instant from = Instant.parse("1971-03-10T00:44:30Z");
        Instant to = Instant.parse("1971-03-11T00:44:30Z");

        assertThat(SummedRange.split(0, from, to))
                .hasSize(3)
                .last()
                .extracting(SummedRange::to)
                .isEqualTo(to);
    }
}
