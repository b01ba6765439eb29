package io.gonkapulse.benchmarks.api;

import java.util.concurrent.TimeUnit;

/** When requests are wanted: one at once for each that is answered, or so many a second whatever becomes of them. */
final class ArrivalSchedule {

    private final long start;
    private final double perSecond;
    private long scheduled;

    /** @param perSecond 0 for one after the other */
    ArrivalSchedule(long start, double perSecond) {
        this.start = start;
        this.perSecond = perSecond;
    }

    boolean isDue(long now) {
        return nextArrival(now) <= now;
    }

    /** The time at which the next one was or is wanted. */
    long nextArrival(long now) {
        return perSecond == 0 ? now : start + (long) (scheduled * (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }

    long scheduleNext(long now) {
        long arrival = nextArrival(now);
        scheduled++;
        return arrival;
    }
}
