package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.workload.SimulatedJob.RealEnd;
import io.gonkapulse.testkit.workload.SimulatedJob.Trait;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The life of one job, and what is reported about it. */
final class JobScript {

    private static final int MAX_ATTEMPTS = 3;
    private static final long DAY_MILLIS = 86_400_000;

    private final RandomValues random;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final String botId;
    private final long acceptedMillis;
    private final long behindMillis;
    private final SimulatedProducer queue;
    private final Instant acceptedAt;
    private final UUID id;
    private final JobEventWriter writer;
    private int attempts;

    /** @param earlierIds of jobs that may be the parent */
    JobScript(RandomValues random, long acceptedMillis, int partitions, List<UUID> earlierIds) {
        this.random = random;
        this.acceptedMillis = acceptedMillis;
        behindMillis = isUnusual(Trait.IMPORTED, 3) ? random.between(1, 30) * DAY_MILLIS : 0;
        SimulatedClock clock = SimulatedClock.create(random, acceptedMillis, acceptedMillis + 10_000, behindMillis);
        queue = new SimulatedProducer("queue-" + random.betweenInts(1, 2), random.hex(), clock, random.chance(50));
        acceptedAt = queue.read(acceptedMillis);
        id = isUnusual(Trait.RANDOM_ID, 10) ? random.randomId() : random.timeOrderedId(acceptedAt.toEpochMilli());
        isUnusual(Trait.SPARSE, 8);
        botId = random.oneOf("nightly-report", "earnings.rebuild", "poll", "backfill", "vault-file-upload", "a_b", "x");
        var description = new JobDescription(botId, creator(), parent(earlierIds), trace());
        writer = new JobEventWriter(random, id, description, partitions, traits);
        if (random.chance(5)) {
            writer.nameOtherBot("renamed-bot");
        }
    }

    SimulatedJob play() {
        Life life = live();
        if (writer.isOldAttemptLate()) {
            traits.add(Trait.OLD_ATTEMPT_LATE);
        }
        boolean isPurged = random.chance(6);
        if (isPurged) {
            purge();
        }
        return new SimulatedJob(id, botId, life.end(), attempts, isPurged ? null : life.visibleState(), traits);
    }

    List<SimulatedRecord> records() {
        return writer.records();
    }

    private Life live() {
        int percent = random.betweenInts(1, 100);
        boolean isQueuedOnly = percent <= 6;
        if (isQueuedOnly || random.chance(88)) {
            String meta = random.chance(60) ? random.json("planId", random.between(1, 999)) : null;
            writer.write(queue, acceptedMillis, JobEventType.ACCEPTED, waiting(1), EventDetails.meta(meta));
        }
        long waitMillis = random.logBetween(1, 60_000);
        if (isQueuedOnly) {
            return new Life(RealEnd.STILL_QUEUED, ReferenceState.QUEUED);
        }
        return percent <= 16 ? cancelInQueue(waitMillis) : runAttempts(acceptedMillis + waitMillis);
    }

    private Life cancelInQueue(long waitMillis) {
        long canceledMillis = acceptedMillis + waitMillis;
        if (random.chance(85)) {
            requestCancel(random.between(acceptedMillis, canceledMillis));
        }
        JobEventDetails details = EventDetails.end(null, random.chance(40) ? random.error() : null);
        writer.writeCanceledByQueue(queue, canceledMillis, waiting(1), details);
        traits.add(Trait.CANCELED_IN_QUEUE);
        if (!random.chance(25)) {
            return new Life(RealEnd.CANCELED, ReferenceState.CANCELED);
        }
        RealEnd end = random.oneOf(RealEnd.SUCCEEDED, RealEnd.FAILED, RealEnd.CANCELED);
        attempt(Math.max(acceptedMillis, canceledMillis - random.between(0, 100)))
                .run(end, true);
        if (end != RealEnd.CANCELED) {
            traits.add(Trait.QUEUE_DISAGREES);
        }
        return new Life(end, state(end));
    }

    private Life runAttempts(long firstStart) {
        long start = firstStart;
        while (true) {
            AttemptScript attempt = attempt(start);
            RealEnd end = end();
            boolean isRetried =
                    (end == RealEnd.FAILED || end == RealEnd.KILLED) && attempts < MAX_ATTEMPTS && random.chance(50);
            boolean canReport = end != RealEnd.KILLED && end != RealEnd.STILL_RUNNING;
            boolean isReported = canReport && !random.chance(4);
            cancelWhileRunning(start, attempt.finish(), end);
            attempt.run(end, isReported);
            boolean isLost = !isReported && end != RealEnd.STILL_RUNNING && random.chance(85);
            if (isLost) {
                attempt.writeLost();
            }
            if (!isRetried) {
                return lastLife(attempt, end, isReported, isLost);
            }
            traits.add(Trait.RETRIED);
            start = attempt.finish() + random.logBetween(10, 200_000);
            if (end == RealEnd.KILLED && random.chance(40)) {
                attempt.writeLateSuccess(start + random.between(-5_000, 120_000));
            }
            boolean isQueuedOnly = random.chance(10);
            if (isQueuedOnly || random.chance(40)) {
                writer.write(queue, start - 5, JobEventType.ACCEPTED, waiting(attempts + 1), JobEventDetails.NONE);
            }
            if (isQueuedOnly) {
                attempts++;
                return waitForRetry(start);
            }
        }
    }

    private Life waitForRetry(long acceptedAgainMillis) {
        if (random.chance(50)) {
            return new Life(RealEnd.STILL_QUEUED, ReferenceState.QUEUED);
        }
        long canceledMillis = acceptedAgainMillis + random.logBetween(1, 60_000);
        requestCancel(random.between(acceptedAgainMillis, canceledMillis));
        writer.writeCanceledByQueue(queue, canceledMillis, waiting(attempts), JobEventDetails.NONE);
        traits.add(Trait.CANCELED_IN_QUEUE);
        return new Life(RealEnd.CANCELED, ReferenceState.CANCELED);
    }

    private Life lastLife(AttemptScript attempt, RealEnd end, boolean isReported, boolean isLost) {
        if (!isReported) {
            if (end != RealEnd.STILL_RUNNING && end != RealEnd.KILLED) {
                traits.add(Trait.END_NOT_REPORTED);
            }
            if (isLost) {
                traits.add(Trait.LOST);
            }
            return new Life(end, isLost ? ReferenceState.FAILED : ReferenceState.RUNNING);
        }
        if (random.chance(6)) {
            attempt.writeOtherEnd(end);
            return new Life(end, null);
        }
        return new Life(end, state(end));
    }

    private AttemptScript attempt(long start) {
        attempts++;
        return new AttemptScript(random, writer, traits, attempts, acceptedAt, start, behindMillis);
    }

    private RealEnd end() {
        int percent = random.betweenInts(1, 100);
        if (percent <= 58) {
            return RealEnd.SUCCEEDED;
        }
        if (percent <= 74) {
            return RealEnd.FAILED;
        }
        if (percent <= 80) {
            return RealEnd.CANCELED;
        }
        return percent <= 93 ? RealEnd.KILLED : RealEnd.STILL_RUNNING;
    }

    /** Only some executors agree to cancel, and at most one in ten does it without a wish. */
    private void cancelWhileRunning(long start, long finish, RealEnd end) {
        if (end == RealEnd.CANCELED) {
            if (random.chance(90)) {
                requestCancel(random.between(start, finish));
            }
            traits.add(Trait.CANCELED_WHILE_RUNNING);
        } else if (random.chance(15)) {
            requestCancel(random.between(start, finish));
            traits.add(Trait.CANCEL_REFUSED);
        } else if (random.chance(5)) {
            requestCancel(finish + random.between(0, 10_000));
            traits.add(Trait.CANCEL_AFTER_END);
        }
    }

    /** The canceller knows the job's id, and perhaps its bot. */
    private void requestCancel(long trueMillis) {
        SimulatedClock clock = SimulatedClock.create(random, trueMillis, trueMillis + 1, behindMillis);
        var canceller = new SimulatedProducer("api-gateway", null, clock, false);
        JobCreator createdBy =
                random.chance(85) ? new JobCreator(random.oneOf("canceller", "ops"), "admin", null) : null;
        var known = new JobDescription(random.chance(50) ? botId : null, createdBy, null, null);
        writer.writeForeign(
                canceller, trueMillis, known, JobEventType.CANCEL_REQUESTED, JobAttempt.FIRST, JobEventDetails.NONE);
    }

    private void purge() {
        LongSummaryStatistics times =
                records().stream().mapToLong(SimulatedRecord::recordMillis).summaryStatistics();
        Trait when = random.oneOf(Trait.PURGED_FIRST, Trait.PURGED_BETWEEN, Trait.PURGED_LAST);
        long trueMillis = switch (when) {
            case PURGED_FIRST -> times.getMin() - random.between(1_000, 30_000);
            case PURGED_BETWEEN -> (times.getMin() + times.getMax()) / 2;
            default -> times.getMax() + random.between(1_000, 60_000);
        };
        traits.add(when);
        var operator = new SimulatedProducer("job-recorder-cli", null, SimulatedClock.EXACT, false);
        writer.writeForeign(
                operator, trueMillis, JobDescription.NONE, JobEventType.PURGED, JobAttempt.FIRST, JobEventDetails.NONE);
    }

    private JobAttempt waiting(int number) {
        return new JobAttempt(number, acceptedAt, null, null, null);
    }

    private boolean isUnusual(Trait trait, int percent) {
        return random.chance(percent) && traits.add(trait);
    }

    private @Nullable JobCreator creator() {
        return random.chance(75)
                ? new JobCreator(
                        random.orNull(random.oneOf("ops", "Ünï Admin", "scheduler")),
                        random.oneOf("admin", "user"),
                        random.orNull(random.oneOf(acceptedAt, acceptedAt.minusSeconds(60))))
                : null;
    }

    private @Nullable UUID parent(List<UUID> earlierIds) {
        if (!random.chance(20)) {
            return null;
        }
        return earlierIds.isEmpty() || random.chance(20)
                ? random.randomId()
                : earlierIds.get(random.betweenInts(0, earlierIds.size() - 1));
    }

    private @Nullable String trace() {
        return random.chance(50) ? random.trace() : null;
    }

    private static ReferenceState state(RealEnd end) {
        return switch (end) {
            case SUCCEEDED -> ReferenceState.SUCCEEDED;
            case FAILED -> ReferenceState.FAILED;
            case CANCELED -> ReferenceState.CANCELED;
            case STILL_QUEUED, STILL_RUNNING, KILLED ->
                throw new IllegalArgumentException("Expected an end that is reported, got " + end);
        };
    }

    private record Life(RealEnd end, @Nullable ReferenceState visibleState) {}
}
