package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatorClockTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final SteppedClock stepped = SteppedClock.at(START);

    @Test
    void steppedClockMovesOnlyOnRequest() {
        assertThat(stepped.instant()).isEqualTo(START).isEqualTo(stepped.instant());
        stepped.advance(Duration.ofMinutes(5));
        assertThat(stepped.instant()).isEqualTo(START.plusSeconds(300));
        stepped.advance(Duration.ofMinutes(-6));
        assertThat(stepped.instant()).isEqualTo(START.minusSeconds(60));
        stepped.setTo(Instant.EPOCH);
        assertThat(stepped.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void acceleratedClockKeepsSpeed() {
        Instant from = Instant.parse("2020-01-01T00:00:00Z");
        AcceleratedClock fast = AcceleratedClock.from(from, 1_440, stepped);
        AcceleratedClock slow = AcceleratedClock.from(from, 0.5, stepped);
        assertThat(fast.instant()).isEqualTo(from);
        stepped.advance(Duration.ofMinutes(1));
        assertThat(fast.instant()).isEqualTo(from.plus(Duration.ofDays(1)));
        assertThat(slow.instant()).isEqualTo(from.plusSeconds(30));
    }

    @Test
    void rejectsNonPositiveSpeed() {
        assertThatThrownBy(() -> AcceleratedClock.from(START, 0, stepped)).hasMessageContaining("positive speed");
        assertThatThrownBy(() -> AcceleratedClock.from(START, Double.NaN, stepped))
                .hasMessageContaining("NaN");
    }
}
