package io.gonkapulse.trackerpoller.assignment;

import java.time.Duration;
import java.time.InstantSource;

/** A lease that outlasts any test, even if the clock is set back. */
public final class TestLeases {

    private TestLeases() {}

    public static Lease heldOn(InstantSource clock) {
        Lease lease = new Lease(Duration.ofDays(1), clock);
        lease.renew(clock.instant().minus(Duration.ofHours(12)));
        return lease;
    }
}
