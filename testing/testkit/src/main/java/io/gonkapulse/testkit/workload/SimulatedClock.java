package io.gonkapulse.testkit.workload;

import java.time.Instant;

/**
 * The clock of one producer: wrong by up to five minutes, and sometimes corrected while the producer runs. Its
 * monotonic clock is right.
 *
 * @param offsetMillis from the true time until the step
 * @param nanos below a millisecond; 0 for clocks of millisecond precision
 */
record SimulatedClock(long offsetMillis, long stepAtMillis, long offsetAfterMillis, int nanos) {

    private static final long MAX_OFFSET_MILLIS = 5 * 60_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    static final SimulatedClock EXACT = new SimulatedClock(0, Long.MAX_VALUE, 0, 0);

    /**
     * @param start since when the producer runs, and until when
     * @param behindMillis added to every error
     */
    static SimulatedClock create(RandomValues random, long start, long end, long behindMillis) {
        long offset = offset(random) - behindMillis;
        int nanos = random.chance(50) ? 0 : random.betweenInts(1, NANOS_PER_MILLI - 1);
        return random.chance(25)
                ? new SimulatedClock(offset, random.between(start, end), offset(random) - behindMillis, nanos)
                : new SimulatedClock(offset, Long.MAX_VALUE, offset, nanos);
    }

    private static long offset(RandomValues random) {
        return random.chance(50) ? random.between(-20, 20) : random.between(-MAX_OFFSET_MILLIS, MAX_OFFSET_MILLIS);
    }

    Instant read(long trueMillis) {
        long offset = trueMillis < stepAtMillis ? offsetMillis : offsetAfterMillis;
        return Instant.ofEpochMilli(trueMillis + offset).plusNanos(nanos);
    }

    boolean stepsBetween(long start, long end) {
        return stepAtMillis > start && stepAtMillis <= end && offsetMillis != offsetAfterMillis;
    }
}
