package io.gonkapulse.benchmarks.api;

import java.util.concurrent.TimeUnit;

/**
 * Decides when requests are due: one after each response, or at a fixed rate that does not wait for responses. A
 * fixed rate shows queueing that a closed loop hides (coordinated omission).
 */
final class ArrivalSchedule {

    private final long start;
    private final double perSecond;
    private long scheduled;

    /** @param perSecond 0 for one request after each response */
    ArrivalSchedule(long start, double perSecond) {
        this.start = start;
        this.perSecond = perSecond;
    }

    /** Whether a request must be sent now. */
    boolean isDue(long now) {
        return nextArrival(now) <= now;
    }

    /** Returns the due time of the next request, which may be in the past. */
    long nextArrival(long now) {
        return perSecond == 0 ? now : start + (long) (scheduled * (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }

    /** Marks the next request as sent and returns its due time, from which its latency counts. */
    long scheduleNext(long now) {
        long arrival = nextArrival(now);
        scheduled++;
        return arrival;
    }
}
