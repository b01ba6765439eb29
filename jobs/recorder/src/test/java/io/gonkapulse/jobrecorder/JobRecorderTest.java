package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.jobrecorder.rebuild.JobRebuildReport;
import io.gonkapulse.jobrecorder.rebuild.JobRebuildRunner;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedWorkload;
import io.gonkapulse.testkit.workload.WorkloadParameters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service with a real broker and a real database. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobRecorderTest {

    private final Instant start = InstantSource.system().instant().minus(Duration.ofDays(3));

    private final JobTablesFixture tables;
    private final TestBroker broker;
    private final TestDatabase database;
    private final JobRecorderFixture recorder;

    JobRecorderTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        tables = new JobTablesFixture(database);
        JobTopicClient.createTopic(broker);
        recorder = new JobRecorderFixture(
                broker, database, "--recorder.lost-interval=1000d", "--recorder.migrations-interval=1000d");
    }

    @AfterAll
    void close() {
        recorder.close();
        tables.close();
    }

    @Test
    void rebuildRestoresRows() throws SQLException {
        recorder.publish(SimulatedWorkload.create(new WorkloadParameters(7, 300, 12, start))
                .records());
        recorder.awaitApplied();
        List<List<String>> rows = tables.contents();
        assertThat(rows.get(0)).hasSizeGreaterThan(250);
        assertThat(counts().run(100)).isEmpty();
        JobRebuildReport unchanged = rebuild(false);
        assertThat(unchanged.examples()).isEmpty();
        assertThat(unchanged.rows().compared()).isEqualTo(rows.get(0).size());
        assertThat(tables.contents()).isEqualTo(rows);

        tables.owner.execute("update audit.consumer_offsets set topic_id = gen_random_uuid()");
        assertThatThrownBy(() -> rebuild(false)).hasMessageContaining("it was recreated");
        tables.owner.execute("update audit.consumer_offsets set topic_id = null");
        damage();
        assertThat(counts().run(100))
                .anyMatch(difference -> difference.startsWith("finished at "))
                .anyMatch(difference -> difference.startsWith("sums of 60 minutes at "))
                .anyMatch(difference -> difference.endsWith("which pages do not look for"));
        assertThat(rebuild(true).replaced()).isFalse();
        assertThat(tables.contents()).isNotEqualTo(rows);

        List<String> differences = new ArrayList<>();
        JobRebuildReport report = recorder.bean(JobRebuildRunner.class).run(false, line -> {}, differences::add);

        // More than one fetch.
        assertThat(differences).hasSizeGreaterThan(500);
        assertThat(differences)
                .hasSize(Math.toIntExact(report.rows().changed()
                        + report.rows().added()
                        + report.rows().removed()
                        + report.rows().stages()));
        assertThat(report.rows().changed()).isPositive();
        assertThat(report.rows().added()).isPositive();
        assertThat(report.rows().removed()).isOne();
        assertThat(tables.contents()).isEqualTo(rows);
        assertThat(counts().run(100)).isEmpty();
    }

    @Test
    void commandIsRecordedAsJob() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Map<String, String> environment = Map.of(
                "JOBS_REPORT", "kafka",
                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "JOBS_CREATED_BY", "ops");

        int exitCode = JobRecorderMain.program(environment)
                .run(writer, writer, JobRecorderFixture.arguments(broker, database, "verify"));

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString().lines()).hasSize(2).last().isEqualTo("differences: 0");
        recorder.awaitApplied();
        assertThat(tables.jdbc.queryForMap(
                        "select state, created_by_name, result ->> 'differences' as differences from jobs where bot_id = ?",
                        "recorder.verify"))
                .isEqualTo(Map.of("state", "succeeded", "created_by_name", "ops", "differences", "0"));
    }

    private JobRebuildReport rebuild(boolean dryRun) throws SQLException {
        List<String> progress = new ArrayList<>();
        JobRebuildReport report = recorder.bean(JobRebuildRunner.class).run(dryRun, progress::add, difference -> {});
        assertThat(progress).isNotEmpty();
        return report;
    }

    private void damage() {
        JdbcTemplate owner = tables.owner;
        owner.execute("delete from audit.jobs where job_id in (select job_id from audit.jobs order by job_id limit 5)");
        owner.execute("update audit.jobs set bot_id = 'wrong' where job_id in "
                + "(select job_id from audit.jobs where bot_id is not null order by job_id limit 5)");
        owner.execute("insert into audit.jobs (job_id, bot_id, first_time) "
                + "values ('019aa000-0000-7000-8000-000000000001', 'nobody', now())");
        owner.execute("delete from audit.job_stages");
        owner.execute("update audit.job_counts set n = n + 1 where (bucket, bot_id) in "
                + "(select bucket, bot_id from audit.job_counts order by 1, 2 limit 1)");
        owner.execute("update audit.job_sums set queued = queued + 1 where minutes = 60");
        owner.execute("delete from audit.job_sums where minutes = 15");
        owner.execute("delete from audit.job_id_days");
    }

    private JobCountsCheck counts() {
        return new JobCountsCheck(JdbcClient.create(tables.jdbc));
    }
}
