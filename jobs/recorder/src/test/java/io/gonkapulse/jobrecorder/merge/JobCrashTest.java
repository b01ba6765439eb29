package io.gonkapulse.jobrecorder.merge;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.testkit.junit.CrashingDataSource;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.gonkapulse.testkit.workload.SimulatedWorkload;
import io.gonkapulse.testkit.workload.WorkloadParameters;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Connections that break between any two statements, in a topic that gets more partitions, leave the same rows as one
 * merge. {@code -Drecorder.seeds=500} runs longer.
 */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobCrashTest {

    private static final long SEEDS = Long.getLong("recorder.seeds", 4);
    private static final int JOBS = 60;
    private static final int PARTITIONS = 12;
    private static final int MORE_PARTITIONS = 20;
    private static final Instant START = Instant.parse("2026-03-14T23:40:00Z");

    private static final String SELECT_OFFSETS = "select partition, next_offset from consumer_offsets";

    private static final String UPSERT_OFFSET = """
            insert into consumer_offsets (consumer_group, topic, partition, next_offset)
            values ('job-recorder', ?, ?, ?)
                on conflict (consumer_group, topic, partition) do update
               set next_offset = consumer_offsets.next_offset + excluded.next_offset
            """;

    private final JobTablesFixture tables;

    JobCrashTest(TestDatabase database) {
        tables = new JobTablesFixture(database);
        tables.addDays(START);
    }

    static LongStream seeds() {
        return LongStream.range(2_000, 2_000 + SEEDS);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void crashesLoseAndRepeatNothing(long seed) {
        Random random = new Random(seed);
        PartitionedRecords topic = PartitionedRecords.grown(
                SimulatedWorkload.create(new WorkloadParameters(seed, JOBS, PARTITIONS, START))
                        .records(),
                MORE_PARTITIONS,
                random);
        tables.apply(topic.all());
        List<List<String>> expected = tables.contents();
        tables.clear();

        CrashingDataSource crashing = new CrashingDataSource(tables.source, random);
        int failures = consume(topic, crashing, random);

        assertThat(failures).isGreaterThan(5).isEqualTo(crashing.crashes());
        assertThat(tables.contents()).isEqualTo(expected);
        assertThat(new JobCountsCheck(JdbcClient.create(tables.jdbc)).run(10)).isEmpty();
    }

    /** After each crash the consumer continues at the stored offsets. Returns the number of failed transactions. */
    private int consume(PartitionedRecords topic, CrashingDataSource source, Random random) {
        JdbcTemplate jdbc = new JdbcTemplate(source);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        JobBatchHandler handler =
                new JobBatchHandler(new JobBatchWriter(jdbc, JobTables.LIVE), JobTablesFixture.DEFAULT_LEASE);
        int failures = 0;
        Map<Integer, Integer> applied = new HashMap<>();
        while (!applied.equals(topic.ends())) {
            List<SimulatedRecord> next = topic.next(applied, random);
            try {
                JobBatch batch = handler.reduce(JobTablesFixture.batch(next), new DeadLetterBuffer());
                transaction.executeWithoutResult(status -> {
                    handler.write(batch);
                    advance(jdbc, next);
                });
            } catch (DataAccessException | TransactionException e) {
                failures++;
            }
            applied = applied();
        }
        return failures;
    }

    private static void advance(JdbcTemplate jdbc, List<SimulatedRecord> records) {
        List<Object[]> advanced = new ArrayList<>();
        records.stream()
                .collect(groupingBy(SimulatedRecord::partition, summingInt(one -> 1)))
                .forEach((partition, count) ->
                        advanced.add(new Object[] {KafkaTopic.JOB_EVENTS.name(), partition, count}));
        jdbc.batchUpdate(UPSERT_OFFSET, advanced);
    }

    private Map<Integer, Integer> applied() {
        Map<Integer, Integer> applied = new HashMap<>();
        tables.jdbc.query(SELECT_OFFSETS, row -> {
            applied.put(row.getInt("partition"), row.getInt("next_offset"));
        });
        return applied;
    }
}
