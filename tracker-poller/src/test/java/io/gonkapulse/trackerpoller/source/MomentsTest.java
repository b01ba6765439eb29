package io.gonkapulse.trackerpoller.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {

    private static final Instant ARRIVED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theFirstThatIsKnownCounts() {
        Instant second = ARRIVED.minusSeconds(2);
        assertThat(Moments.observed(ARRIVED, null, second, ARRIVED.minusSeconds(9)))
                .isEqualTo(second);
        assertThat(Moments.observed(ARRIVED, null, null)).isEqualTo(ARRIVED);
    }

    @Test
    void nothingIsObservedAfterItArrived() {
        assertThat(Moments.observed(ARRIVED, ARRIVED.plusNanos(1))).isEqualTo(ARRIVED);
    }

    @Test
    void theStartOf1970AndGosZeroAreNotSet() {
        assertThat(Moments.ifSet(Instant.EPOCH)).isNull();
        assertThat(Moments.ifSet(Instant.parse("0001-01-01T00:00:00Z"))).isNull();
        assertThat(Moments.ifSet(null)).isNull();
        assertThat(Moments.ifSet(ARRIVED)).isEqualTo(ARRIVED);
    }
}
