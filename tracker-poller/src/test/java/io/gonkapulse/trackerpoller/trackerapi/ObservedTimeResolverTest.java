package io.gonkapulse.trackerpoller.trackerapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObservedTimeResolverTest {

    private static final Instant ARRIVED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void picksFirstKnownTime() {
        Instant second = ARRIVED.minusSeconds(2);
        assertThat(ObservedTimeResolver.resolve(ARRIVED, null, second, ARRIVED.minusSeconds(9)))
                .isEqualTo(second);
        assertThat(ObservedTimeResolver.resolve(ARRIVED, null, null)).isEqualTo(ARRIVED);
    }

    @Test
    void capsAtArrival() {
        assertThat(ObservedTimeResolver.resolve(ARRIVED, ARRIVED.plusNanos(1))).isEqualTo(ARRIVED);
    }

    @Test
    void treatsZeroTimesAsUnset() {
        assertThat(ObservedTimeResolver.nullIfUnset(Instant.EPOCH)).isNull();
        assertThat(ObservedTimeResolver.nullIfUnset(Instant.parse("0001-01-01T00:00:00Z")))
                .isNull();
        assertThat(ObservedTimeResolver.nullIfUnset(null)).isNull();
        assertThat(ObservedTimeResolver.nullIfUnset(ARRIVED)).isEqualTo(ARRIVED);
    }
}
