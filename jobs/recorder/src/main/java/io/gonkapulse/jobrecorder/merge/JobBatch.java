package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobrecorder.merge.StageReport.StageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs and stages of a batch of events. Not thread-safe. */
public final class JobBatch {

    /** As PostgreSQL orders them. */
    static final Comparator<UUID> ID_ORDER = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /** Groups of partitions that count into rows of their own. */
    static final int SHARDS = 16;

    /** So many consecutive partitions make two shards. */
    private static final int SPAN = 6;

    private final Duration defaultLease;
    private final Map<UUID, MergedJob> jobs = new HashMap<>();
    private final Map<StageId, MergedStage> stages = new HashMap<>();
    private final Map<UUID, Purge> purges = new HashMap<>();

    /** Events of ids without a time, of which some may be expired and others not. */
    private final Map<UUID, List<RecordedEvent>> undated = new HashMap<>();

    private final Map<Integer, PartitionTimes> partitionTimes = new TreeMap<>();
    private int ticks;

    /**
     * An empty batch.
     *
     * @param defaultLease of an event without one
     */
    public JobBatch(Duration defaultLease) {
        this.defaultLease = defaultLease;
    }

    /** Adds the events of a partition in the order of the partition. */
    void add(RecordedEvent recorded) {
        UUID id = recorded.event().jobId();
        JobEventType type = recorded.event().type();
        partitionTimes
                .computeIfAbsent(
                        recorded.partition(), partition -> new PartitionTimes(partition, recorded.recordTime()))
                .add(recorded.recordTime());
        if (type == JobEventType.TICK) {
            ticks++;
            return;
        }
        if (type == JobEventType.PURGED) {
            purges.merge(id, new Purge(id, recorded.event().at(), 1), Purge::join);
            return;
        }
        if (JobEventCodec.idTime(id) == null) {
            undated.computeIfAbsent(id, job -> new ArrayList<>()).add(recorded);
        }
        merge(recorded);
    }

    /**
     * The even or the odd ones of six partitions. Two consumers of twelve partitions have every second one, or a half
     * each, and share no shard in either case. A shard for each partition would make three times as many rows.
     */
    private static int shardOf(int partition) {
        return (partition / SPAN * 2 + partition % 2) % SHARDS;
    }

    /** The shards of its partitions, in ascending order. */
    SortedSet<Integer> shards() {
        return partitionTimes.keySet().stream().map(JobBatch::shardOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private void merge(RecordedEvent recorded) {
        UUID id = recorded.event().jobId();
        int shard = shardOf(recorded.partition());
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

    /**
     * Leaves out the events of jobs without a row until the first one that begins one. From then on the job has a row,
     * so that the result is the same as if each event had come alone.
     *
     * @param ids without a time
     * @param droppedBefore an event with an earlier time makes no row
     */
    void expire(Set<UUID> ids, Instant droppedBefore) {
        jobs.keySet().removeAll(ids);
        stages.keySet().removeIf(stage -> ids.contains(stage.jobId()));
        for (UUID id : ids) {
            undated.getOrDefault(id, List.of()).stream()
                    .dropWhile(recorded -> recorded.firstTime().isBefore(droppedBefore))
                    .forEach(this::merge);
        }
    }

    /** All jobs of the batch, also those that it purges. */
    Collection<MergedJob> jobs() {
        return jobs.values();
    }

    Collection<MergedStage> stages() {
        return stages.values();
    }

    Collection<Purge> purges() {
        return purges.values();
    }

    Collection<PartitionTimes> partitionTimes() {
        return partitionTimes.values();
    }

    /** Records that are about no job. */
    int ticks() {
        return ticks;
    }

    boolean isPurged(UUID id) {
        return purges.containsKey(id);
    }

    /**
     * An operator's wish that a job disappears.
     *
     * @param at the first time that it was published
     * @param events how many records say so
     */
    record Purge(UUID jobId, Instant at, int events) {

        private Purge join(Purge other) {
            return new Purge(jobId, at.isBefore(other.at) ? at : other.at, events + other.events);
        }
    }
}
