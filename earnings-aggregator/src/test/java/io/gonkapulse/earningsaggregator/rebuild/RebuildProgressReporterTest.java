package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuildProgressReporterTest {

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T00:00:00Z"));
    private final List<String> lines = new ArrayList<>();
    private final RebuildProgressReporter progress =
            new RebuildProgressReporter(clock, Duration.ofSeconds(2), lines::add);

    @Test
    void reportsCountRateAndRemainingTime() {
        progress.addExpected(105_000_000);
        clock.advance(Duration.ofSeconds(5));
        progress.addRead(5_000_000);

        assertThat(lines).containsExactly("read 5,000,000 of 105,000,000 records, 1,000,000 a second, 1 min 40 s left");
    }

    @Test
    void reportsOncePerInterval() {
        progress.addExpected(40_000_000);
        clock.advance(Duration.ofSeconds(2));
        progress.addRead(2_000_000);
        clock.advance(Duration.ofSeconds(1));
        progress.addRead(1_000_000);
        clock.advance(Duration.ofSeconds(1));
        progress.addRead(1_000_000);

        assertThat(lines)
                .containsExactly(
                        "read 2,000,000 of 40,000,000 records, 1,000,000 a second, 38 s left",
                        "read 4,000,000 of 40,000,000 records, 1,000,000 a second, 36 s left");
    }

    @Test
    void formatsHours() {
        progress.addExpected(10_000_000);
        clock.advance(Duration.ofSeconds(2));
        progress.addRead(1_000);

        assertThat(lines).containsExactly("read 1,000 of 10,000,000 records, 500 a second, 5 h 33 min left");
    }
}
