package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.time.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T00:00:00Z"));
    private final List<String> said = new ArrayList<>();
    private final Progress progress = new Progress(clock, Duration.ofSeconds(2), said::add);

    @Test
    void saysHowFarHowFastAndHowLongStill() {
        progress.expect(105_000_000);
        clock.advance(Duration.ofSeconds(5));
        progress.read(5_000_000);

        assertThat(said).containsExactly("read 5,000,000 of 105,000,000 records, 1,000,000 a second, 1 min 40 s left");
    }

    @Test
    void saysItNotMoreOftenThanPeopleCanRead() {
        progress.expect(40_000_000);
        clock.advance(Duration.ofSeconds(2));
        progress.read(2_000_000);
        clock.advance(Duration.ofSeconds(1));
        progress.read(1_000_000);
        clock.advance(Duration.ofSeconds(1));
        progress.read(1_000_000);

        assertThat(said)
                .containsExactly(
                        "read 2,000,000 of 40,000,000 records, 1,000,000 a second, 38 s left",
                        "read 4,000,000 of 40,000,000 records, 1,000,000 a second, 36 s left");
    }

    @Test
    void hoursAreNamedAsHours() {
        progress.expect(10_000_000);
        clock.advance(Duration.ofSeconds(2));
        progress.read(1_000);

        assertThat(said).containsExactly("read 1,000 of 10,000,000 records, 500 a second, 5 h 33 min left");
    }
}
