package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobrecorder.merge.StageReport.StageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs and stages of a batch of events. Not thread-safe. */
public final class JobBatch {

    /** Each partition counts into one of this many rows, so that threads seldom wait for one another. */
    private static final int SHARDS = 4;

    private final Duration defaultLease;
    private final Map<UUID, MergedJob> jobs = new HashMap<>();
    private final Map<StageId, MergedStage> stages = new HashMap<>();
    private final Map<UUID, Instant> purges = new HashMap<>();

    /**
     * An empty batch.
     *
     * @param defaultLease of an event without one
     */
    public JobBatch(Duration defaultLease) {
        this.defaultLease = defaultLease;
    }

    public void add(RecordedEvent recorded) {
        UUID id = recorded.event().jobId();
        JobEventType type = recorded.event().type();
        if (type == JobEventType.TICK) {
            return;
        }
        if (type == JobEventType.PURGED) {
            purges.merge(id, recorded.event().at(), (kept, added) -> added.isBefore(kept) ? added : kept);
            return;
        }
        int shard = recorded.partition() % SHARDS;
        @Nullable MergedJob known = jobs.get(id);
        if (known == null) {
            known = new MergedJob(id, shard, defaultLease);
            jobs.put(id, known);
        }
        known.add(recorded, shard);
        for (StageReport report : StageReport.of(recorded)) {
            stages.computeIfAbsent(report.id(), stage -> new MergedStage(report, shard))
                    .add(report, recorded, shard);
        }
    }

    /** All jobs of the batch, also those that it purges. */
    Collection<MergedJob> jobs() {
        return jobs.values();
    }

    Collection<MergedStage> stages() {
        return stages.values();
    }

    Map<UUID, Instant> purges() {
        return purges;
    }

    public boolean isEmpty() {
        return jobs.isEmpty() && purges.isEmpty();
    }
}
