package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofSeconds(15), Duration.ofMinutes(5));

    @Test
    void doublesUpToMaximum() {
        assertThat(IntStream.rangeClosed(1, 7)
                        .mapToObj(attempts -> backOff.delay(attempts).toSeconds()))
                .containsExactly(15L, 30L, 60L, 120L, 240L, 300L, 300L);
    }

    @Test
    void staysAtMaximumAfterManyAttempts() {
        assertThat(backOff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void neverExceedsMaximumBelowInitialDelay() {
        assertThat(new BackOff(Duration.ofMinutes(1), Duration.ofSeconds(1)).delay(1))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void randomDelayStaysWithinHalfOfDelay() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(backOff.randomDelay(2)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(45));
        }
    }

    @Test
    void randomDelayNeverExceedsMaximum() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(backOff.randomDelay(9)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
        }
    }
}
