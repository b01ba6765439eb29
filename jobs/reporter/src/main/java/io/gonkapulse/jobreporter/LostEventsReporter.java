package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.job.LostEventsReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports how many events were lost, as a job of its own, so that an operator notices: the program itself continues as
 * if nothing had happened. Used by one thread.
 */
final class LostEventsReporter {

    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final EventCounters dropped;
    private final EventCounters rejected;
    private final JobIdGenerator ids;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<JobEventType, Long> reported = new EnumMap<>(JobEventType.class);
    private @Nullable UUID lastId;
    private long lastNanos;
    private boolean refused;

    LostEventsReporter(EventCounters dropped, EventCounters rejected, InstantSource clock, LongSupplier nanoTime) {
        this.dropped = dropped;
        this.rejected = rejected;
        this.ids = new JobIdGenerator(clock);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Null if no more were lost, or if the last report is too new. */
    @Nullable
    PendingEvent next() {
        long now = nanoTime.getAsLong();
        if (refused || (lastId != null && now - lastNanos < INTERVAL_NANOS)) {
            return null;
        }
        Map<String, Object> lost = takeLost();
        if (lost.isEmpty()) {
            return null;
        }
        lastId = ids.next();
        lastNanos = now;
        Instant time = clock.instant();
        JobContext job = new JobContext(
                lastId,
                LostEventsReport.BOT,
                null,
                new JobContext.Links(null, null),
                1,
                null,
                time,
                JobLimits.MIN_LEASE.toMillis());
        return new PendingEvent(job, JobEventType.SUCCEEDED, time, 0, null, 0, lost);
    }

    private Map<String, Object> takeLost() {
        Map<String, Object> lost = new LinkedHashMap<>();
        long sum = 0;
        for (JobEventType type : JobEventType.values()) {
            long total = dropped.get(type) + rejected.get(type);
            long more = total - reported.getOrDefault(type, 0L);
            if (more > 0) {
                lost.put(type.word(), more);
                reported.put(type, total);
                sum += more;
            }
        }
        if (sum > 0) {
            lost.put(LostEventsReport.EVENTS, sum);
        }
        return lost;
    }

    /** A key may not allow this bot; a report of the lost report would be refused, too. */
    void onRefused(UUID jobId) {
        refused |= jobId.equals(lastId);
    }
}
