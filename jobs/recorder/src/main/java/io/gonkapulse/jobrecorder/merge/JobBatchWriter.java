package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobrecorder.merge.JobBatch.Purge;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes a batch in the transaction of its caller: one statement per table. Thread-safe. */
public final class JobBatchWriter {

    /** Shared by every batch. {@code roll_partitions} and the end of a rebuild hold it alone. */
    public static final AdvisoryLock RETENTION_LOCK = new AdvisoryLock(7_320_519_823_364_110L);

    /**
     * The triggers of a statement lock the counts of a shard in several passes, so two batches of one shard could wait
     * for each other's rows. One of them waits here instead.
     */
    private static final List<AdvisoryLock> SHARD_LOCKS = IntStream.range(0, JobBatch.SHARDS)
            .mapToObj(shard -> new AdvisoryLock(7_320_519_823_364_200L + shard))
            .toList();

    private static final String SELECT_RETENTION = "select dropped_before from job_retention";

    /** Locked, so that no row is deleted before its event is merged. */
    private static final String SELECT_EXISTING =
            "select job_id from %s where job_id = any (?) order by job_id for key share";

    private static final String HAS_PURGED = "select from %s where purged_at is not null order by job_id limit 1";

    private static final String SELECT_PURGED =
            "select job_id from %s where purged_at is not null and job_id = any (?)";

    /** Everything else becomes what it is without any event, whatever was merged before. */
    private static final String PURGE = """
            insert into %s as kept (job_id, id_day, purged_at)
            select *
              from unnest(?, ?, ?)
             order by 1
                on conflict (job_id) do update
               set (shard, origin, bot_id, bot_key, bots_differ, created_by_name, created_by_role, created_by_at,
                    creator_key, parent_id, parent_key, trace, trace_key, cancel_requested_at, cancel_requested_by,
                    cancel_key, meta, meta_key, progress, progress_key, first_time, accepted_at, attempt, started_at,
                    running, lease_until, lease_ms, stages_listed, succeeded, failed, canceled, canceled_in_queue,
                    lost_until, outcome, outcome_key, outcome_at, elapsed_ms, result, error_name, error_message,
                    error_stack)
                 = row(default, default, default, default, default, default, default, default,
                    default, default, default, default, default, default, default,
                    default, default, default, default, default, default, default, default, default,
                    default, default, default, default, default, default, default, default,
                    default, default, default, default, default, default, default, default,
                    default),
                   purged_at = least(kept.purged_at, excluded.purged_at)
             where kept.purged_at is distinct from least(kept.purged_at, excluded.purged_at)
            returning job_id
            """;

    private static final String DELETE_STAGES = "delete from %s where job_id = any (?)";

    private static final String UPSERT_PARTITIONS = """
            insert into job_partitions as kept (partition, newest_at, gap_ended_at)
            select incoming.partition,
                   incoming.newest_at,
                   coalesce(
                       incoming.gap_ended_at,
                       case when incoming.first_at > before.newest_at + interval '30 seconds' then incoming.first_at end)
              from unnest(?, ?, ?, ?) as incoming (partition, first_at, newest_at, gap_ended_at)
              left join job_partitions before using (partition)
             order by 1
                on conflict (partition) do update
               set newest_at = greatest(kept.newest_at, excluded.newest_at),
                   gap_ended_at = greatest(kept.gap_ended_at, excluded.gap_ended_at)
            """;

    private final JdbcTemplate jdbc;
    private final JobTables tables;
    private final JobWriter jobs;
    private final StageWriter stages;

    public JobBatchWriter(JdbcTemplate jdbc, JobTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.jobs = new JobWriter(tables.jobs());
        this.stages = new StageWriter(tables.stages());
    }

    /** Returns how many events changed a row. */
    public long write(JobBatch batch) {
        Long stored = jdbc.execute((ConnectionCallback<Long>) connection -> write(connection, batch));
        return stored == null ? 0 : stored;
    }

    private long write(Connection connection, JobBatch batch) throws SQLException {
        if (tables.live()) {
            for (int shard : batch.shards()) {
                SHARD_LOCKS.get(shard).acquireUntilCommit(connection);
            }
            upsertPartitions(connection, batch.partitionTimes());
        }
        Set<UUID> expired = expire(connection, batch);
        List<MergedJob> changing = batch.jobs().stream()
                .filter(job -> !expired.contains(job.id()) && !batch.isPurged(job.id()))
                .sorted(Comparator.comparing(MergedJob::id, JobBatch.ID_ORDER))
                .toList();
        Set<UUID> changed = new HashSet<>();
        if (!changing.isEmpty()) {
            changed.addAll(jobs.write(connection, changing));
        }
        // After the rows of the jobs are locked: a purge that another consumer applies now waits for this transaction.
        Set<UUID> purged = batch.stages().isEmpty() ? Set.of() : findPurged(connection, changing);
        List<MergedStage> wanted = batch.stages().stream()
                .filter(stage -> isWanted(stage.id().jobId(), batch, expired, purged))
                .sorted(Comparator.comparing(MergedStage::id))
                .toList();
        if (!wanted.isEmpty()) {
            changed.addAll(stages.write(connection, wanted));
        }
        List<Purge> purges = batch.purges().stream()
                .filter(purge -> !expired.contains(purge.jobId()))
                .toList();
        Set<UUID> purgedNow = purges.isEmpty() ? Set.of() : purge(connection, purges);
        return batch.ticks()
                + changing.stream()
                        .filter(job -> changed.contains(job.id()))
                        .mapToLong(MergedJob::events)
                        .sum()
                + purges.stream()
                        .filter(purge -> purgedNow.contains(purge.jobId()))
                        .mapToLong(Purge::events)
                        .sum();
    }

    /** There are seldom any, and then a search for every id costs more than all of the stages. */
    private Set<UUID> findPurged(Connection connection, Collection<MergedJob> candidates) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HAS_PURGED.formatted(tables.jobs()));
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Set.of();
            }
        }
        return select(connection, SELECT_PURGED.formatted(tables.jobs()), idsOf(candidates));
    }

    private static boolean isWanted(UUID id, JobBatch batch, Set<UUID> expired, Set<UUID> purged) {
        return !batch.isPurged(id) && !expired.contains(id) && !purged.contains(id);
    }

    private static List<UUID> idsOf(Collection<MergedJob> jobs) {
        return jobs.stream().map(MergedJob::id).toList();
    }

    /**
     * An event of a dropped day does not bring back a job that has no row. Returns the jobs that are expired as a whole,
     * and leaves out the expired events of ids without a time.
     */
    private Set<UUID> expire(Connection connection, JobBatch batch) throws SQLException {
        if (!tables.live()) {
            // A rebuild compares only what is not expired at its end.
            return Set.of();
        }
        RETENTION_LOCK.acquireSharedUntilCommit(connection);
        @Nullable Instant droppedBefore = readDroppedBefore(connection);
        if (droppedBefore == null) {
            return Set.of();
        }
        Predicate<@Nullable Instant> isDropped = time -> time != null && time.isBefore(droppedBefore);
        Set<UUID> expired = new HashSet<>();
        Set<UUID> undated = new HashSet<>();
        for (MergedJob job : batch.jobs()) {
            Instant idTime = JobEventCodec.idTime(job.id());
            if (isDropped.test(idTime == null ? job.firstTime() : idTime)) {
                (idTime == null ? undated : expired).add(job.id());
            }
        }
        for (Purge purge : batch.purges()) {
            if (isDropped.test(JobEventCodec.idTime(purge.jobId()))) {
                expired.add(purge.jobId());
            }
        }
        if (!expired.isEmpty() || !undated.isEmpty()) {
            Set<UUID> stored = select(
                    connection,
                    SELECT_EXISTING.formatted(tables.jobs()),
                    Stream.concat(expired.stream(), undated.stream()).toList());
            expired.removeAll(stored);
            undated.removeAll(stored);
            batch.expire(undated, droppedBefore);
        }
        return expired;
    }

    /** Null while no day was dropped. */
    private static @Nullable Instant readDroppedBefore(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_RETENTION);
                ResultSet row = statement.executeQuery()) {
            OffsetDateTime before = row.next() ? row.getObject(1, OffsetDateTime.class) : OffsetDateTime.MIN;
            return before.equals(OffsetDateTime.MIN) ? null : before.toInstant();
        }
    }

    private static Set<UUID> select(Connection connection, String sql, Collection<UUID> ids) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new ArrayParameters<>(connection, statement, ids).add("uuid", id -> id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }

    private Set<UUID> purge(Connection connection, Collection<Purge> purges) throws SQLException {
        Set<UUID> changed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(PURGE.formatted(tables.jobs()))) {
            new ArrayParameters<>(connection, statement, purges)
                    .add("uuid", Purge::jobId)
                    .add("date", purge -> ColumnValues.day(purge.jobId()))
                    .add("timestamptz", purge -> ColumnValues.time(purge.at()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    changed.add(rows.getObject(1, UUID.class));
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE_STAGES.formatted(tables.stages()))) {
            new ArrayParameters<>(connection, statement, purges).add("uuid", Purge::jobId);
            statement.executeUpdate();
        }
        return changed;
    }

    private static void upsertPartitions(Connection connection, Collection<PartitionTimes> partitions)
            throws SQLException {
        if (partitions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_PARTITIONS)) {
            new ArrayParameters<>(connection, statement, partitions)
                    .add("integer", PartitionTimes::partition)
                    .add("timestamptz", PartitionTimes::first)
                    .add("timestamptz", PartitionTimes::newest)
                    .add("timestamptz", PartitionTimes::gapEnd);
            statement.executeUpdate();
        }
    }
}
