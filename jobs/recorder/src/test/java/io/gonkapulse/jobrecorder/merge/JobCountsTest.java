package io.gonkapulse.jobrecorder.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts follow their jobs, and none of zero remains. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobCountsTest {

    private static final Instant START = Instant.parse("2026-03-14T12:00:00Z");
    private static final UUID JOB = new UUID((START.toEpochMilli() << 16) | 0x7000, Long.MIN_VALUE);

    private final JobRecordFactory records = new JobRecordFactory(12, null);
    private final JobTablesFixture tables;

    JobCountsTest(TestDatabase database) {
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
    void earlierOutcomeMovesTheCount() {
        apply(JobEventType.STARTED, Duration.ZERO);
        assertThat(counts()).containsExactly("accepted 12:00 running 1");
        apply(JobEventType.FAILED, Duration.ofMinutes(40));
        assertThat(counts()).containsExactly("accepted 12:00 failed 1", "finished 12:30 failed 1");

        apply(JobEventType.SUCCEEDED, Duration.ofMinutes(20));

        assertThat(counts()).containsExactly("accepted 12:00 succeeded 1", "finished 12:15 succeeded 1");
    }

    @Test
    void purgeLeavesNoCount() {
        apply(JobEventType.STARTED, Duration.ZERO);
        apply(JobEventType.SUCCEEDED, Duration.ofMinutes(20));

        apply(JobEventType.PURGED, Duration.ofMinutes(30));
        apply(JobEventType.FAILED, Duration.ofMinutes(10));

        assertThat(counts()).isEmpty();
    }

    @Test
    void mergesTwoBatchesInOneTransaction() {
        tables.applyInOneTransaction(List.of(
                List.of(records.record(JOB, JobEventType.STARTED, START)),
                List.of(records.record(JOB, JobEventType.SUCCEEDED, START.plus(Duration.ofMinutes(20))))));

        assertThat(counts()).containsExactly("accepted 12:00 succeeded 1", "finished 12:15 succeeded 1");
    }

    @Test
    void consumersOfOneShardTakeTurns() throws Exception {
        JobRecordFactory threePartitions = new JobRecordFactory(3, null);
        List<List<SimulatedRecord>> partitions = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int job = 0; job < 1_000; job++) {
            Instant start = START.plus(Duration.ofMinutes(15L * (job * 7 % 20)));
            UUID id = new UUID((start.toEpochMilli() << 16) | 0x7000, Long.MIN_VALUE + job);
            for (SimulatedRecord one : List.of(
                    threePartitions.record(id, JobEventType.STARTED, start),
                    threePartitions.record(id, JobEventType.SUCCEEDED, start.plusSeconds(60)))) {
                partitions.get(one.partition()).add(one);
            }
        }
        ExecutorService consumers = Executors.newFixedThreadPool(2);
        try {
            for (Future<?> consumer : Stream.of(0, 2)
                    .map(partition -> consumers.submit(() -> consume(partitions.get(partition))))
                    .toList()) {
                consumer.get(1, TimeUnit.MINUTES);
            }
        } finally {
            consumers.shutdownNow();
        }

        assertThat(tables.jdbc.queryForList("select distinct shard from jobs", Integer.class))
                .containsExactly(0);
        assertThat(tables.jdbc.queryForObject("select sum(n) from job_counts where kind = 'finished'", Long.class))
                .isEqualTo((partitions.get(0).size() + partitions.get(2).size()) / 2);
    }

    /** In small batches, as a consumer of one partition. */
    private void consume(List<SimulatedRecord> partition) {
        JobBatchHandler handler = new JobBatchHandler(
                new JobBatchWriter(new JdbcTemplate(tables.source), JobTables.LIVE), JobTablesFixture.DEFAULT_LEASE);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(tables.source));
        for (int from = 0; from < partition.size(); from += 25) {
            JobBatch batch = handler.reduce(
                    JobTablesFixture.batch(partition.subList(from, Math.min(from + 25, partition.size()))),
                    new DeadLetterBuffer());
            transaction.executeWithoutResult(status -> handler.write(batch));
        }
    }

    private void apply(JobEventType type, Duration after) {
        tables.apply(List.of(records.record(JOB, type, START.plus(after))));
    }

    private List<String> counts() {
        return tables.jdbc.queryForList("""
                select concat_ws(' ', kind, to_char(bucket at time zone 'UTC', 'HH24:MI'), state, n)
                  from job_counts
                 order by 1
                """, String.class);
    }
}
