package io.gonkapulse.trackerpoller.own;

import java.time.Duration;
import java.time.InstantSource;

/** A lease that outlives any test, even one in which the clock goes back. */
public final class HeldLease {

    private HeldLease() {}

    public static Lease on(InstantSource clock) {
        Lease lease = new Lease(Duration.ofDays(1), clock);
        lease.prolong(clock.instant().minus(Duration.ofHours(12)));
        return lease;
    }
}
