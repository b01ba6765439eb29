package io.gonkapulse.benchmarks.api;

import java.util.concurrent.TimeUnit;

/** When requests are wanted: one at once for each that is answered, or so many a second whatever becomes of them. */
final class Arrivals {

    private final long start;
    private final double perSecond;
    private long taken;

    /** @param perSecond 0 for one after the other */
    Arrivals(long start, double perSecond) {
        this.start = start;
        this.perSecond = perSecond;
    }

    boolean due(long now) {
        return next(now) <= now;
    }

    /** The time at which the next one was or is wanted. */
    long next(long now) {
        return perSecond == 0 ? now : start + (long) (taken * (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }

    long take(long now) {
        long wanted = next(now);
        taken++;
        return wanted;
    }
}
