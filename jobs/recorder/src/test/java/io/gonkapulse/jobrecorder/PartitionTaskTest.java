package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobrecorder.maintenance.PartitionTask;
import io.gonkapulse.jobrecorder.merge.JobRecordFactory;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days of ids: made ahead, dropped after the retention, and never filled again. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartitionTaskTest {

    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Instant START = Instant.parse("2026-03-14T12:00:00Z");
    private static final List<JobEventType> TYPES = List.of(
            JobEventType.STARTED,
            JobEventType.HEARTBEAT,
            JobEventType.STAGES,
            JobEventType.SUCCEEDED,
            JobEventType.FAILED);
    private static final Instant AFTER_RETENTION = START.plus(RETENTION).plus(Duration.ofDays(1));

    private final JobRecordFactory records = new JobRecordFactory(12, null);
    private final JobTablesFixture tables;

    PartitionTaskTest(TestDatabase database) {
        tables = new JobTablesFixture(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @Test
    void droppedDayKeepsItsCountsAndItsOpenJobs() {
        roll(START);
        UUID ended = dayId(1);
        UUID open = dayId(2);
        tables.apply(List.of(
                records.record(ended, JobEventType.STARTED, START),
                records.record(ended, JobEventType.SUCCEEDED, START.plusSeconds(9))));
        tables.apply(List.of(records.record(open, JobEventType.STARTED, START)));

        roll(AFTER_RETENTION);

        assertThat(ids()).containsExactly(open);
        assertThat(countedJobs()).isEqualTo(2);
        assertThat(tables.apply(List.of(records.record(ended, JobEventType.FAILED, START.plusSeconds(8)))))
                .isZero();
        assertThat(tables.apply(List.of(records.record(open, JobEventType.SUCCEEDED, START.plusSeconds(9)))))
                .isOne();
        assertThat(ids()).containsExactly(open);
        assertThat(countedJobs()).isEqualTo(2);
        assertThat(differences()).isEmpty();
    }

    @Test
    void dayTakesItsRowsOutOfTheDefaultPartition() {
        UUID early = dayId(3);
        tables.apply(List.of(records.record(early, JobEventType.STARTED, START)));
        assertThat(partitionOf(early)).isEqualTo("jobs_default");

        roll(START.plus(Duration.ofDays(2)));

        assertThat(partitionOf(early)).isEqualTo("jobs_20260314");
        assertThat(differences()).isEmpty();

        roll(AFTER_RETENTION.plus(Duration.ofDays(2)));

        assertThat(partitionOf(early)).isEqualTo("jobs_default");
        assertThat(differences()).isEmpty();
    }

    @Test
    void idsWithoutDayAreDeletedWhenTheyEnded() {
        UUID ended = new UUID(0xf0004000L << 32, Long.MIN_VALUE);
        UUID open = new UUID(0xf0004000L << 32, Long.MIN_VALUE + 1);
        tables.apply(List.of(
                records.record(ended, JobEventType.STARTED, START),
                records.record(ended, JobEventType.FAILED, START.plusSeconds(9))));
        tables.apply(List.of(records.record(open, JobEventType.STARTED, START)));

        roll(AFTER_RETENTION);

        assertThat(ids()).containsExactly(open);
        assertThat(tables.apply(List.of(records.record(ended, JobEventType.HEARTBEAT, START))))
                .isZero();
        assertThat(ids()).containsExactly(open);
        assertThat(differences()).isEmpty();
    }

    /** Of an id without a time some events may be older than the dropped days and others not. */
    @Test
    void batchesDoNotDecideWhichEventsExpire() {
        Instant firstKept = Instant.parse("2026-03-15T00:00:00Z");
        Random random = new Random(1);
        List<SimulatedRecord> events = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            UUID job = new UUID(0xf0004000L << 32, Long.MIN_VALUE + random.nextInt(20));
            JobEventType type = TYPES.get(random.nextInt(TYPES.size()));
            events.add(records.record(job, type, firstKept.plusSeconds(random.nextInt(7_200) - 5_400L)));
        }
        UUID expired = new UUID(0xf0004000L << 32, Long.MIN_VALUE + 99);
        events.add(records.record(expired, JobEventType.STARTED, firstKept.minusSeconds(9)));
        events.add(records.record(expired, JobEventType.FAILED, firstKept.minusSeconds(1)));

        List<List<String>> together = applyAfterDrop(events, events.size());
        assertThat(ids()).hasSizeGreaterThan(10).doesNotContain(expired);
        assertThat(applyAfterDrop(events, 1)).isEqualTo(together);
        assertThat(applyAfterDrop(events, 7)).isEqualTo(together);
        assertThat(differences()).isEmpty();
    }

    private List<List<String>> applyAfterDrop(List<SimulatedRecord> events, int batchSize) {
        tables.clear();
        roll(AFTER_RETENTION);
        for (int from = 0; from < events.size(); from += batchSize) {
            tables.apply(events.subList(from, Math.min(events.size(), from + batchSize)));
        }
        return tables.contents();
    }

    private void roll(Instant now) {
        new PartitionTask(new ExclusiveTaskRunner(tables.jdbc, InstantSource.fixed(now)), RETENTION).run();
    }

    private List<UUID> ids() {
        return tables.jdbc.queryForList("select job_id from jobs order by 1", UUID.class);
    }

    private String partitionOf(UUID job) {
        return String.valueOf(tables.jdbc.queryForObject(
                "select tableoid::regclass::text from jobs where job_id = ?", String.class, job));
    }

    private long countedJobs() {
        return JdbcClient.create(tables.jdbc)
                .sql("select coalesce(sum(n), 0)::bigint from job_counts where kind = 'accepted'")
                .query(Long.class)
                .single();
    }

    private List<String> differences() {
        return new JobCountsCheck(JdbcClient.create(tables.jdbc)).run(10);
    }

    private static UUID dayId(int number) {
        return new UUID((START.toEpochMilli() << 16) | 0x7000, Long.MIN_VALUE + number);
    }
}
