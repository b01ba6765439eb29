package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final Lease lease = new Lease(Duration.ofSeconds(5), clock);

    @Test
    void isNotHeldInitially() {
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void expiresUnlessRenewed() {
        lease.renew(clock.instant());
        clock.advance(Duration.ofMillis(4_999));
        assertThat(lease.isHeld()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void countsFromRequestTime() {
        Instant requestedAt = clock.instant();
        clock.advance(Duration.ofSeconds(3));
        lease.renew(requestedAt);
        clock.advance(Duration.ofSeconds(2));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void isNotHeldAfterClockStepsBack() {
        lease.renew(clock.instant());
        clock.advance(Duration.ofHours(-1));
        assertThat(lease.isHeld()).isFalse();
        lease.renew(clock.instant());
        assertThat(lease.isHeld()).isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(lease.isHeld()).isFalse();
    }
}
