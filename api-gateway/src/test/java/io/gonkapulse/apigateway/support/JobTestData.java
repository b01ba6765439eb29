package io.gonkapulse.apigateway.support;

import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Inserts the rows that the job recorder would write. The triggers of the schema count them. */
public final class JobTestData {

    private final JdbcClient client;

    private JobTestData(JdbcClient client) {
        this.client = client;
    }

    /** Creates both schemas without rows. The database must have no open sessions. */
    public static JobTestData in(TestDatabase database) {
        GatewayTestData.in(database);
        MigrationRunner.migrate(
                DatabaseSettings.of(
                        database.host(), database.port(), database.name(), database.username(), database.password()),
                MigrationModule.AUDIT,
                line -> {});
        return new JobTestData(JdbcClient.create(
                new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true)));
    }

    public void run(String sql) {
        client.sql(sql).update();
    }

    public void clear() {
        run("delete from audit.job_stages");
        run("delete from audit.jobs");
        // The counts of deleted rows are gone, too; those of dropped days would stay.
        run("truncate audit.job_counts, audit.job_durations");
    }

    /** Keeps a copy of all jobs for {@link #restoreJobs}. */
    public void saveJobs() {
        run("create table audit.saved_jobs as select * from audit.jobs");
    }

    /** Deletes everything and inserts the saved jobs again, in one statement each. */
    public void restoreJobs() {
        clear();
        run("""
                do $$
                begin
                    execute format('insert into audit.jobs (%1$s) select %1$s from audit.saved_jobs',
                        audit.plain_columns('audit.jobs'));
                end
                $$
                """);
    }

    /** Creates the partition of each day from one to seven days after a time. */
    public void rollPartitions(Instant at) {
        client.sql("select audit.roll_partitions(?, interval '90 days')")
                .param(at.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    /** Builds a job; {@link TestJobBuilder#insert} inserts it. */
    public TestJobBuilder job(String bot, Instant acceptedAt) {
        return new TestJobBuilder(client, bot, acceptedAt);
    }

    /** Inserts a stage of the first attempt. It has ended if there is a status. */
    public void insertStage(UUID job, int no, String name, Instant startedAt, String status, long millis) {
        client.sql("""
                        insert into audit.job_stages
                               (job_id, attempt, stage_no, bot_id, stage_name, started_at, end_key, ended_at, status,
                                reported_ms, meta)
                        select job_id, 1, :no, bot_id, :name, cast(:startedAt as timestamptz),
                               case when :status <> '' then '\\x00'::bytea end,
                               case when :status <> '' then
                                   cast(:startedAt as timestamptz) + :millis * interval '1 millisecond' end,
                               nullif(:status, ''),
                               case when :status <> '' then cast(:millis as bigint) end,
                               '{"table": "orders"}'
                          from audit.jobs
                         where job_id = :job
                        """)
                .param("job", job)
                .param("no", no)
                .param("name", name)
                .param("startedAt", startedAt.atOffset(ZoneOffset.UTC))
                .param("status", status)
                .param("millis", millis)
                .update();
    }
}
