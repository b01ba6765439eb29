package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.workload.SimulatedJob.RealEnd;
import io.gonkapulse.testkit.workload.SimulatedJob.Trait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt of a job: what its worker does and reports. */
final class AttemptScript {

    private static final long MAX_RUN_MILLIS = 600_000;

    /** Shorter attempts are never cut off from the broker. */
    private static final long MIN_CUT_OFF_RUN_MILLIS = 2_000;

    private static final int MAX_HEARTBEATS = 5;

    private final RandomValues random;
    private final JobEventWriter writer;
    private final Set<Trait> traits;
    private final int number;
    private final @Nullable Instant acceptedAt;
    private final long start;
    private final long finish;
    private final long leaseMillis;
    private final SimulatedProducer producer;
    private final Instant startedAt;

    /** @param behindMillis error of the worker's clock, besides the usual one */
    AttemptScript(
            RandomValues random,
            JobEventWriter writer,
            Set<Trait> traits,
            int number,
            Instant acceptedAt,
            long start,
            long behindMillis) {
        this.random = random;
        this.writer = writer;
        this.traits = traits;
        this.number = number;
        this.acceptedAt = acceptedAt;
        this.start = start;
        long run = random.logBetween(1, MAX_RUN_MILLIS);
        finish = start + run;
        leaseMillis = Math.max(random.oneOf(5_000L, 10_000L, 30_000L), run / 4);
        SimulatedClock clock = SimulatedClock.create(random, start, finish, behindMillis);
        if (clock.stepsBetween(start, finish)) {
            traits.add(Trait.CLOCK_STEP);
        }
        producer = new SimulatedProducer("worker-" + random.betweenInts(1, 5), random.hex(), clock, random.chance(85));
        startedAt = producer.read(start);
    }

    long finish() {
        return finish;
    }

    /**
     * Writes what the worker reports.
     *
     * @param end how the attempt really ends
     * @param isReported whether the worker gets to report its end
     */
    void run(RealEnd end, boolean isReported) {
        List<PlannedEvent> events = new ArrayList<>(new StageScript(random, producer, traits).plan(start, finish, end));
        // Without any event of the worker nobody could know that the job runs.
        if (!isReported || random.chance(92)) {
            events.add(new PlannedEvent(start, JobEventType.STARTED, EventDetails.meta(meta(1))));
        }
        addSignsOfLife(events);
        if (isReported) {
            events.add(endEvent(end));
        }
        long cutOffUntil = end == RealEnd.KILLED || !random.chance(20) ? 0 : cutOff(events);
        events.sort(Comparator.comparingLong(PlannedEvent::trueMillis));
        events.forEach(this::write);
        if (cutOffUntil > 0) {
            writeLostWhileCutOff(cutOffUntil);
        }
    }

    private void addSignsOfLife(List<PlannedEvent> events) {
        int count = random.betweenInts(0, MAX_HEARTBEATS);
        for (int i = 1; i <= count; i++) {
            long at = start + (finish - start) * i / (count + 1);
            // Of two events in one millisecond the number decides.
            int sameTime = random.chance(15) ? 2 : 1;
            for (int j = 0; j < sameTime; j++) {
                events.add(
                        random.chance(50)
                                ? new PlannedEvent(at, JobEventType.HEARTBEAT, EventDetails.meta(meta(10 * i + j)))
                                : new PlannedEvent(
                                        at,
                                        JobEventType.PROGRESS,
                                        EventDetails.progress(random.json("percent", 10 * i + j), meta(10 * i + j))));
            }
        }
    }

    private @Nullable String meta(int version) {
        return random.chance(25) ? random.json("version", 100L * number + version) : null;
    }

    private PlannedEvent endEvent(RealEnd end) {
        return switch (end) {
            case SUCCEEDED ->
                new PlannedEvent(
                        finish,
                        JobEventType.SUCCEEDED,
                        EventDetails.end(random.chance(70) ? random.json("rows", finish) : null, null));
            case FAILED -> new PlannedEvent(finish, JobEventType.FAILED, EventDetails.end(null, random.error()));
            case CANCELED ->
                new PlannedEvent(
                        finish,
                        JobEventType.CANCELED,
                        EventDetails.end(null, random.chance(50) ? new JobError("Canceled", null, null) : null));
            case STILL_QUEUED, STILL_RUNNING, KILLED ->
                throw new IllegalArgumentException("Expected an end that a worker reports, got " + end);
        };
    }

    private void write(PlannedEvent event) {
        writer.write(producer, event.trueMillis(), event.type(), attempt(event.trueMillis()), event.details());
    }

    private JobAttempt attempt(long trueMillis) {
        return new JobAttempt(number, acceptedAt, startedAt, leaseMillis, trueMillis - start);
    }

    /** Returns until when nothing of the worker reaches the broker, and 0 if it is not cut off. */
    private long cutOff(List<PlannedEvent> events) {
        if (finish - start < MIN_CUT_OFF_RUN_MILLIS) {
            return 0;
        }
        long from = random.between(start + 1, finish - 1);
        long until = finish + leaseMillis + random.between(70_000, 300_000);
        producer.cutOff(from, until);
        // A sign of life that arrives late revokes what the recorder reported.
        events.add(new PlannedEvent(finish, JobEventType.HEARTBEAT, EventDetails.meta(null)));
        return until;
    }

    private void writeLostWhileCutOff(long cutOffUntil) {
        Long leaseUntil = writer.leaseUntil(number, cutOffUntil);
        if (leaseUntil != null && leaseUntil + JobEventWriter.MAX_LOST_DELAY_MILLIS < cutOffUntil) {
            writer.writeLost(number, leaseUntil);
            traits.add(Trait.LOST_REVOKED);
        }
    }

    /** The recorder reports the end of the last lease. */
    void writeLost() {
        Long leaseUntil = writer.leaseUntil(number, Long.MAX_VALUE);
        if (leaseUntil != null) {
            writer.writeLost(number, leaseUntil);
        }
    }

    /** The worker was believed to be dead, but only cut off: it reports success at last. */
    void writeLateSuccess(long sendMillis) {
        producer.cutOff(finish, Math.max(finish + 1, sendMillis));
        write(endEvent(RealEnd.SUCCEEDED));
    }

    /** Another run of the worker's program reports another end of the same attempt. */
    void writeOtherEnd(RealEnd end) {
        RealEnd other = end == RealEnd.FAILED ? random.oneOf(RealEnd.SUCCEEDED, RealEnd.CANCELED) : RealEnd.FAILED;
        PlannedEvent event = endEvent(other);
        long at = random.chance(40) ? finish : random.between(finish - 500, finish + 5_000);
        // The same clock, so that two ends may have the same time.
        SimulatedProducer twin = producer.withIncarnation(random.hex());
        writer.write(twin, at, event.type(), attempt(Math.max(start, at)), event.details());
        traits.add(Trait.EXECUTORS_DISAGREE);
    }
}
