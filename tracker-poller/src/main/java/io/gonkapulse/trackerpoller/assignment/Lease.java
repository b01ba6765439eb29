package io.gonkapulse.trackerpoller.assignment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long this poller may believe that its trackers are still its own. Only Kafka's coordinator prolongs it, by taking a
 * commit; and it ends before the coordinator could have given the trackers to somebody else. So a poller that was paused
 * finds it ended when it wakes up, and starts nothing. A clock that was set back says nothing of how old a lease is: it
 * counts as ended, too, until it is prolonged by the new time.
 */
public final class Lease {

    private final Duration duration;
    private final InstantSource clock;
    private volatile Instant renewedAt = Instant.MIN;

    public Lease(Duration term, InstantSource clock) {
        this.duration = term;
        this.clock = clock;
    }

    /** @param asOf a moment before the coordinator was asked */
    void renew(Instant asOf) {
        renewedAt = asOf;
    }

    void expire() {
        renewedAt = Instant.MIN;
    }

    public boolean isHeld() {
        Instant begin = renewedAt;
        Instant now = clock.instant();
        return !now.isBefore(begin) && now.isBefore(begin.plus(duration));
    }
}
