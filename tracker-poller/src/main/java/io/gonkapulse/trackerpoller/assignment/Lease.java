package io.gonkapulse.trackerpoller.assignment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long this poller may assume that its trackers are still assigned to it. Each commit that Kafka's coordinator
 * accepts renews it. It expires before the coordinator can reassign the trackers. A poller that was suspended therefore
 * finds it expired and starts nothing. It also counts as expired after the clock was set back, because then its age is
 * unknown. Thread-safe.
 */
public final class Lease {

    private final Duration duration;
    private final InstantSource clock;

    /** Written by the consumer's thread, read by the threads that poll. */
    private volatile Instant renewedAt = Instant.MIN;

    public Lease(Duration duration, InstantSource clock) {
        this.duration = duration;
        this.clock = clock;
    }

    /** @param asOf a time before the request to the coordinator */
    void renew(Instant asOf) {
        renewedAt = asOf;
    }

    void expire() {
        renewedAt = Instant.MIN;
    }

    public boolean isHeld() {
        Instant start = renewedAt;
        Instant now = clock.instant();
        return !now.isBefore(start) && now.isBefore(start.plus(duration));
    }
}
