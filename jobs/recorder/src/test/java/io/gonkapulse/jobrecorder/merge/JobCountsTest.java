package io.gonkapulse.jobrecorder.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
