package io.gonkapulse.jobrecorder.maintenance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what decides whether a job is lost. */
final class LostJobRepository {

    private static final String SELECT_PARTITIONS = "select partition, newest_at, gap_ended_at from job_partitions";

    /** A page: the rest of the open jobs may wait for the next run. */
    static final String SELECT_ENDED_LEASES = """
            select job_id, attempt, lease_until, lease_ms, lease_bucket
              from jobs
             where lease_bucket is not null
               and finished_at is null
               and (lease_bucket, job_id) > (:bucket, :job_id)
               and lease_bucket < :before
               and lease_until < :before
             order by lease_bucket, job_id
             limit :limit
            """;

    private final JdbcClient database;

    LostJobRepository(JdbcClient database) {
        this.database = database;
    }

    /** The times of the partitions that had a record. */
    Map<Integer, PartitionTime> partitionTimes() {
        return database
                .sql(SELECT_PARTITIONS)
                .query((row, number) -> new PartitionTime(
                        row.getInt("partition"), requiredTime(row, "newest_at"), time(row, "gap_ended_at")))
                .stream()
                .collect(Collectors.toMap(PartitionTime::partition, Function.identity()));
    }

    /** Open jobs whose lease ended before a time, the oldest bucket first, behind the last one of the page before. */
    List<EndedLease> findEndedLeases(Instant before, EndedLease previous, int limit) {
        return database.sql(SELECT_ENDED_LEASES)
                .param("bucket", previous.bucket().atOffset(ZoneOffset.UTC))
                .param("job_id", previous.jobId())
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new EndedLease(
                        row.getObject("job_id", UUID.class),
                        row.getInt("attempt"),
                        requiredTime(row, "lease_until"),
                        row.getLong("lease_ms"),
                        requiredTime(row, "lease_bucket")))
                .list();
    }

    private static Instant requiredTime(ResultSet row, String column) throws SQLException {
        Instant time = time(row, column);
        if (time == null) {
            throw new IllegalStateException("Expected a time in " + column);
        }
        return time;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /**
     * The time of a partition.
     *
     * @param newestAt of its newest applied record
     * @param gapEndedAt end of the last outage in which nobody could report
     */
    record PartitionTime(
            int partition, Instant newestAt, @Nullable Instant gapEndedAt) {}

    /**
     * The time of the topic. Events of one job are in several partitions after some were added, so no partition alone
     * knows that a job was silent.
     *
     * @param reachedAt every record that was appended before is applied
     * @param gapEndedAt end of the last outage in any partition
     */
    record TopicTime(Instant reachedAt, @Nullable Instant gapEndedAt) {

        /** @param partitions all of the topic, at least one */
        static TopicTime of(Collection<PartitionTime> partitions) {
            return new TopicTime(
                    partitions.stream()
                            .map(PartitionTime::newestAt)
                            .min(Comparator.naturalOrder())
                            .orElseThrow(),
                    partitions.stream()
                            .map(PartitionTime::gapEndedAt)
                            .filter(Objects::nonNull)
                            .max(Comparator.naturalOrder())
                            .orElse(null));
        }
    }

    /**
     * An open job whose lease has ended.
     *
     * @param bucket the end of the lease, rounded down
     */
    record EndedLease(UUID jobId, int attempt, Instant leaseUntil, long leaseMillis, Instant bucket) {

        static final EndedLease BEFORE_ALL = new EndedLease(new UUID(0, 0), 1, Instant.EPOCH, 0, Instant.EPOCH);

        /** Until when a worker could not have reported, or needs not to have reported. */
        Instant silentUntil(TopicTime topic) {
            Instant gapEnd = topic.gapEndedAt();
            if (gapEnd == null) {
                return leaseUntil;
            }
            Instant afterGap = gapEnd.plusMillis(leaseMillis);
            return afterGap.isAfter(leaseUntil) ? afterGap : leaseUntil;
        }
    }
}
