package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobrecorder.maintenance.LostJobTask;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs are lost by the time of their partition, which this test decides. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostJobTest {

    private static final int PARTITIONS = 12;
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final JobEventCodec codec = new JobEventCodec();
    private final Instant start =
            InstantSource.system().instant().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MILLIS);
    private final JobRecorderFixture recorder;

    LostJobTest(TestBroker broker, TestDatabase database) {
        JobTablesFixture.createSchema(database);
        JobTopicClient.createTopic(broker);
        recorder = new JobRecorderFixture(
                broker, database, "--recorder.lost-interval=1000d", "--recorder.migrations-interval=1000d");
    }

    @AfterAll
    void close() {
        recorder.close();
    }

    @Test
    void missedLeaseMakesJobLostUntilNextEvent() {
        UUID dead = jobOf(0);
        UUID alive = jobOf(1);
        UUID afterOutage = jobOf(2);
        UUID lostAfterOutage = jobOf(3);
        for (UUID job : List.of(dead, alive, afterOutage, lostAfterOutage)) {
            recorder.publish(List.of(record(job, JobEventType.STARTED, start)));
        }
        passTime(0, Duration.ZERO, LEASE.plusSeconds(61));
        passTime(1, Duration.ZERO, LEASE.plusSeconds(59));
        // An outage of ten minutes: the lease begins again at its end.
        passTime(2, Duration.ofMinutes(10), Duration.ofMinutes(10).plus(LEASE).plusSeconds(59));
        passTime(3, Duration.ofMinutes(10), Duration.ofMinutes(10).plus(LEASE).plusSeconds(61));
        recorder.awaitApplied();

        recorder.bean(LostJobTask.class).run();
        recorder.awaitApplied();

        assertThat(stateOf(dead)).isEqualTo("failed true");
        assertThat(stateOf(lostAfterOutage)).isEqualTo("failed true");
        assertThat(stateOf(alive)).isEqualTo("running false");
        assertThat(stateOf(afterOutage)).isEqualTo("running false");
        assertThat(finishOf(dead)).isEqualTo(start.plus(LEASE));

        recorder.publish(List.of(
                record(dead, JobEventType.HEARTBEAT, start.plus(Duration.ofMinutes(5))),
                record(lostAfterOutage, JobEventType.SUCCEEDED, start.plus(Duration.ofMinutes(20)))));
        recorder.awaitApplied();

        assertThat(stateOf(dead)).isEqualTo("running false");
        assertThat(stateOf(lostAfterOutage)).isEqualTo("succeeded false");
    }

    /** Ticks from one time to another, close enough to one another to be no outage. */
    private void passTime(int partition, Duration from, Duration to) {
        for (Duration time = from; time.compareTo(to) < 0; time = time.plusSeconds(10)) {
            tick(partition, start.plus(time));
        }
        tick(partition, start.plus(to));
    }

    private void tick(int partition, Instant at) {
        JobEvent event = event(JobEvent.NO_JOB, JobEventType.TICK, at);
        recorder.publish(List.of(new SimulatedRecord(
                JobEvent.NO_JOB.toString(),
                new String(codec.encode(event), StandardCharsets.UTF_8),
                at.toEpochMilli(),
                partition)));
    }

    private SimulatedRecord record(UUID job, JobEventType type, Instant at) {
        return new SimulatedRecord(
                job.toString(),
                new String(codec.encode(event(job, type, at)), StandardCharsets.UTF_8),
                at.toEpochMilli(),
                SimulatedRecord.partitionOf(job.toString(), PARTITIONS));
    }

    private static JobEvent event(UUID job, JobEventType type, Instant at) {
        return new JobEvent(
                job,
                type,
                at,
                new JobEventOrigin("test", null, null, Reporter.EXECUTOR),
                JobDescription.NONE,
                new JobAttempt(1, null, null, LEASE.toMillis(), null),
                JobEventDetails.NONE);
    }

    /** A job in a partition. */
    private static UUID jobOf(int partition) {
        return LongStream.range(0, 10_000)
                .mapToObj(number -> new UUID(0x4000, Long.MIN_VALUE + number))
                .filter(id -> SimulatedRecord.partitionOf(id.toString(), PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private Instant finishOf(UUID job) {
        return JdbcClient.create(recorder.jdbc)
                .sql("select finished_at from audit.jobs where job_id = ?")
                .param(job)
                .query((row, number) ->
                        row.getObject("finished_at", OffsetDateTime.class).toInstant())
                .single();
    }

    private String stateOf(UUID job) {
        return String.valueOf(recorder.jdbc.queryForObject(
                "select state || ' ' || lost from audit.jobs where job_id = ?", String.class, job));
    }
}
