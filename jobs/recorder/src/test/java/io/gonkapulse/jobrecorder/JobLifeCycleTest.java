package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.JobReporterProperties;
import io.gonkapulse.jobreporter.ReportedJob;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a job between its queue, its workers and a user who wants to cancel it. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobLifeCycleTest {

    private final TestBroker broker;
    private final TestDatabase database;
    private final JobRecorderFixture recorder;
    private final JobReporter workers;
    private final SimulatedQueue queue;

    JobLifeCycleTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        JobTablesFixture.createSchema(database);
        broker.createTopic(
                KafkaTopic.JOB_EVENTS.name(), KafkaTopic.JOB_EVENTS.partitions(), KafkaTopic.JOB_EVENTS.configs());
        recorder = new JobRecorderFixture(broker, database, "--recorder.migrations-interval=1000d");
        workers = JobReporter.open(
                JobReporterProperties.fromEnvironment(
                        Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()), "worker"),
                InstantSource.system());
        queue = new SimulatedQueue(broker, workers, InstantSource.system());
    }

    @AfterAll
    void close() {
        queue.close();
        workers.close();
        recorder.close();
    }

    @Test
    void stagesLeadToSuccess() throws Exception {
        UUID id = queue.submit();
        assertThat(stored(id)).isEqualTo("queued, attempt 1, by ops");
        try (ReportedJob job = queue.start(id, 1)) {
            job.stage("load");
            job.stage("store");
            assertThat(stored(id)).isEqualTo("running, attempt 1, by ops");
            job.succeed(Map.of("rows", 3));
        }

        assertThat(stored(id)).isEqualTo("succeeded, attempt 1, by ops, succeeded by worker");
        assertThat(recorder.jdbc.queryForList(
                        "select stage_name || ' ' || status || ' ' || ended_by from audit.job_stages_api "
                                + "where job_id = ? order by stage_no",
                        String.class,
                        id))
                .containsExactly("load succeed reported", "store succeed reported");
        assertThat(recorder.jdbc.queryForObject(
                        "select result->>'rows' from audit.jobs where job_id = ? and queue_ms >= 0 and run_ms >= 0",
                        String.class,
                        id))
                .isEqualTo("3");
    }

    @Test
    void waitingJobIsCanceled() throws Exception {
        UUID id = queue.submit();
        stored(id);

        assertThat(cancel(id)).isEqualTo("0 Requested that job " + id + " is canceled; it is queued");
        queue.answerCancelRequests();

        assertThat(stored(id))
                .isEqualTo("canceled, attempt 1, by ops, cancel requested by boss, canceled in queue by queue");
        assertThat(cancel(id)).isEqualTo("1 Error: Job " + id + " has ended: canceled");
    }

    @Test
    void runningJobIsNotCanceled() throws Exception {
        UUID id = queue.submit();
        try (ReportedJob job = queue.start(id, 1)) {
            stored(id);
            assertThat(cancel(id)).isEqualTo("0 Requested that job " + id + " is canceled; it is running");
            queue.answerCancelRequests();
            assertThat(queue.refused()).contains(id);
            assertThat(stored(id)).isEqualTo("running, attempt 1, by ops, cancel requested by boss");
            job.succeed();
        }

        assertThat(stored(id)).isEqualTo("succeeded, attempt 1, by ops, cancel requested by boss, succeeded by worker");
    }

    /** The queue cancels a job that a worker has just taken. */
    @Test
    void workerCountsBeforeQueue() throws Exception {
        UUID id = queue.submit();
        queue.cancelAlthoughTaken(id);
        try (ReportedJob job = queue.start(id, 1)) {
            job.succeed();
        }

        assertThat(stored(id))
                .isEqualTo(
                        "succeeded, attempt 1, by ops, succeeded by worker, canceled in queue by queue, conflicting");
    }

    @Test
    void retrySucceeds() throws Exception {
        UUID id = queue.submit();
        try (ReportedJob job = queue.start(id, 1)) {
            job.fail("Timeout", "no answer", null);
        }
        assertThat(stored(id)).isEqualTo("failed, attempt 1, by ops, failed by worker");

        queue.retry(id, 2);
        assertThat(stored(id)).isEqualTo("queued, attempt 2, by ops");
        try (ReportedJob job = queue.start(id, 2)) {
            stored(id);
            job.succeed();
        }

        assertThat(stored(id)).isEqualTo("succeeded, attempt 2, by ops, succeeded by worker");
    }

    @Test
    void unknownJobIsNotCanceled() {
        UUID id = UUID.fromString("01999999-0000-7000-8000-000000000000");

        assertThat(cancel(id)).isEqualTo("1 Error: Job " + id + " is not known");
    }

    /** Exit code and message of {@code job-recorder cancel}. */
    private String cancel(UUID id) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exitCode = JobRecorderMain.program(Map.of())
                .run(
                        writer,
                        writer,
                        JobRecorderFixture.arguments(broker, database, "cancel", id.toString(), "--by", "boss"));
        return exitCode + " " + out.toString().strip();
    }

    /** Everything reported so far as the tables have it. */
    private String stored(UUID id) throws InterruptedException {
        assertThat(workers.flush(Duration.ofMinutes(1))).isTrue();
        recorder.awaitApplied();
        List<String> found = JdbcClient.create(recorder.jdbc)
                .sql("""
                        select concat_ws(', ', state, 'attempt ' || attempt, 'by ' || created_by_name,
                                   'cancel requested by ' || cancel_requested_by,
                                   'succeeded by ' || succeeded_source,
                                   'failed by ' || failed_source,
                                   'canceled by ' || canceled_source,
                                   'canceled in queue by ' || canceled_in_queue_source,
                                   case when conflicting then 'conflicting' end)
                          from audit.jobs_api
                         where job_id = ?
                        """)
                .param(id)
                .query(String.class)
                .list();
        return String.join("\n", found);
    }
}
