package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobEventOrigin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reports events: a worker, a queue, a recorder or an operator. */
final class SimulatedProducer {

    private final String source;
    private final @Nullable String incarnation;
    private final SimulatedClock clock;
    private final boolean isNumbering;
    private long seq;

    /** True times between which nothing of this producer reaches the broker. */
    private long cutOffFrom = Long.MAX_VALUE;

    private long cutOffUntil = Long.MIN_VALUE;

    /** @param isNumbering whether its events have a sequence number */
    SimulatedProducer(String source, @Nullable String incarnation, SimulatedClock clock, boolean isNumbering) {
        this.source = source;
        this.incarnation = incarnation;
        this.clock = clock;
        this.isNumbering = isNumbering;
    }

    /** Another run of the same program on the same host. */
    SimulatedProducer withIncarnation(String other) {
        return new SimulatedProducer(source, other, clock, isNumbering);
    }

    /** The events of the time between arrive at its end. */
    void cutOff(long from, long until) {
        cutOffFrom = from;
        cutOffUntil = until;
    }

    /** When a report of this time leaves the producer. */
    long sendMillis(long trueMillis) {
        return trueMillis >= cutOffFrom && trueMillis < cutOffUntil ? cutOffUntil : trueMillis;
    }

    Instant read(long trueMillis) {
        return clock.read(trueMillis);
    }

    JobEventOrigin nextOrigin(JobEventOrigin.Reporter by) {
        seq++;
        return new JobEventOrigin(source, incarnation, isNumbering ? (Long) seq : null, by);
    }
}
