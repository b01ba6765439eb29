package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobrecorder.maintenance.LostJobTask;
import io.gonkapulse.jobrecorder.merge.JobRecordFactory;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Jobs are lost by the time of the topic, which this test decides. It is ahead of the clock, so the service adds no
 * ticks.
 */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostJobTest {

    private static final int PARTITIONS = 12;
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration OUTAGE = Duration.ofMinutes(2);

    private final JobRecordFactory records = new JobRecordFactory(PARTITIONS, LEASE.toMillis());
    private final JobRecorderFixture recorder;
    private Instant start = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
    private int jobs;

    LostJobTest(TestBroker broker, TestDatabase database) {
        JobTablesFixture.createSchema(database);
        JobTopicClient.createTopic(broker);
        recorder = new JobRecorderFixture(
                broker, database, "--recorder.lost-interval=1000d", "--recorder.migrations-interval=1000d");
    }

    /** The time of the topic never goes back. */
    @BeforeEach
    void advanceStart() {
        start = start.plus(Duration.ofHours(1));
    }

    @AfterAll
    void close() {
        recorder.close();
    }

    @Test
    void missedLeaseMakesJobLostUntilNextEvent() {
        UUID returning = startJob(0);
        UUID ending = startJob(1);
        passTime(everyPartition(), Duration.ZERO, LEASE.plusSeconds(59));
        reportLostJobs();
        assertThat(stateOf(returning)).isEqualTo("running false");

        passTime(everyPartition(), LEASE.plusSeconds(59), LEASE.plusSeconds(61));
        reportLostJobs();
        assertThat(stateOf(returning)).isEqualTo("failed true");
        assertThat(finishOf(returning)).isEqualTo(start.plus(LEASE));
        assertThat(stateOf(ending)).isEqualTo("failed true");

        recorder.publish(List.of(
                records.record(returning, JobEventType.HEARTBEAT, start.plus(Duration.ofMinutes(5))),
                records.record(ending, JobEventType.SUCCEEDED, start.plus(Duration.ofMinutes(5)))));
        recorder.awaitApplied();
        assertThat(stateOf(returning)).isEqualTo("running false");
        assertThat(stateOf(ending)).isEqualTo("succeeded false");
    }

    @Test
    void leaseBeginsAgainAfterOutageOfAnyPartition() {
        UUID job = startJob(0);
        passTime(partitionsExcept(5), Duration.ZERO, OUTAGE.plus(LEASE).plusSeconds(59));
        passTime(List.of(5), Duration.ZERO, Duration.ZERO);
        passTime(List.of(5), OUTAGE, OUTAGE.plus(LEASE).plusSeconds(59));
        reportLostJobs();
        assertThat(stateOf(job)).isEqualTo("running false");

        passTime(
                everyPartition(),
                OUTAGE.plus(LEASE).plusSeconds(59),
                OUTAGE.plus(LEASE).plusSeconds(61));
        reportLostJobs();
        assertThat(stateOf(job)).isEqualTo("failed true");
    }

    /** The partition of a key changes when partitions are added. */
    @Test
    void eventInAnotherPartitionKeepsJobAlive() {
        UUID job = startJob(0);
        passTime(partitionsExcept(7), Duration.ZERO, LEASE.plusSeconds(70));
        passTime(List.of(7), Duration.ZERO, Duration.ZERO);
        reportLostJobs();
        assertThat(stateOf(job)).isEqualTo("running false");

        SimulatedRecord heartbeat = records.record(job, JobEventType.HEARTBEAT, start.plusSeconds(15));
        recorder.publish(List.of(new SimulatedRecord(heartbeat.key(), heartbeat.json(), heartbeat.recordMillis(), 7)));
        passTime(List.of(7), Duration.ofSeconds(20), LEASE.plusSeconds(70));
        reportLostJobs();
        assertThat(stateOf(job)).isEqualTo("running false");

        passTime(everyPartition(), LEASE.plusSeconds(70), LEASE.plusSeconds(76));
        reportLostJobs();
        assertThat(stateOf(job)).isEqualTo("failed true");
    }

    private void reportLostJobs() {
        recorder.awaitApplied();
        recorder.bean(LostJobTask.class).run();
        recorder.awaitApplied();
    }

    private static List<Integer> everyPartition() {
        return IntStream.range(0, PARTITIONS).boxed().toList();
    }

    private static List<Integer> partitionsExcept(int partition) {
        return everyPartition().stream().filter(other -> other != partition).toList();
    }

    /** Ticks from one time to another, close enough to one another to be no outage. */
    private void passTime(List<Integer> partitions, Duration from, Duration to) {
        List<SimulatedRecord> ticks = new ArrayList<>();
        for (int partition : partitions) {
            for (Duration time = from; time.compareTo(to) < 0; time = time.plusSeconds(20)) {
                ticks.add(JobRecordFactory.tick(partition, start.plus(time)));
            }
            ticks.add(JobRecordFactory.tick(partition, start.plus(to)));
        }
        recorder.publish(ticks);
    }

    /** Starts a job whose events go to a partition. */
    private UUID startJob(int partition) {
        jobs++;
        UUID job = LongStream.range(0, 10_000)
                .mapToObj(number -> new UUID(0x4000, Long.MIN_VALUE + 10_000L * jobs + number))
                .filter(id -> SimulatedRecord.partitionOf(id.toString(), PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
        recorder.publish(List.of(records.record(job, JobEventType.STARTED, start)));
        return job;
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
