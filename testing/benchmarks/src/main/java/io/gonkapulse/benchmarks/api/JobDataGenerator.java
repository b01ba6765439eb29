package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Creates jobs with three or four stages, one every 0.8 s of 2026 from its first day on, and the sums of ten times as
 * many. The triggers that count are off: they would take hours.
 */
final class JobDataGenerator {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final int BOTS = 50;
    static final int CREATORS = 1_000;

    private static final int JOBS_PER_DAY = 111_111;
    /** Of the interval of a day divided by the jobs of a day. */
    private static final long MICROS_PER_JOB = 777_601;

    private static final String JOBS = """
            insert into audit.jobs (job_id, id_day, shard, bot_id, bot_key, created_by_name, created_by_role, created_by_at,
                   creator_key, meta, meta_key, first_time, accepted_at, started_at, running, lease_until, lease_ms,
                   succeeded, failed, canceled, outcome, outcome_key, outcome_at, elapsed_ms, result, error_name,
                   error_message, error_stack)
            select id, (at at time zone 'UTC')::date, job %% 4, bot, key, 'user-' || random %% %4$d, 'operator', at, key,
                   jsonb_build_object('report', 'report-' || random %% 5000, 'rows', random %% 100000,
                       'bucket', 's3://exports/' || bot),
                   key, at, at, case when state <> 'queued' then started end, state <> 'queued',
                   case when state <> 'queued' then ended + interval '30 seconds' end,
                   case when state <> 'queued' then 30000 end,
                   case when state = 'succeeded' then row(key, ended, 'worker-3')::audit.job_claim end,
                   case when state = 'failed' then row(key, ended, 'worker-3')::audit.job_claim end,
                   case when state = 'canceled' then row(key, ended, 'worker-3')::audit.job_claim end,
                   outcome, case when outcome is not null then '\\x00'::bytea || key end,
                   case when outcome is not null then ended end, case when outcome is not null then run end,
                   case when outcome = 'succeeded' then jsonb_build_object('file', 'report-' || random %% 5000) end,
                   case when outcome = 'failed' then 'TimeoutException' end,
                   case when outcome = 'failed' then 'No answer within 30 s' end,
                   case when outcome = 'failed' then repeat('at io.example.Report.load(Report.java:120) ', 15) end
              from (select numbered.*, audit.event_key(at, id) as key, at + interval '1 second' as started,
                           at + interval '1 second' + run * interval '1 millisecond' as ended,
                           case when state not in ('queued', 'running') then state end as outcome
                      from (select drawn.*,
                                   (substring(audit.first_id(at)::text for 14) || '7000-8000-'
                                       || lpad(to_hex(job), 12, '0'))::uuid as id,
                                   'bot-' || lpad(((random %% 50) * (other %% 50) / 50)::text, 2, '0') as bot,
                                   100 + exp((other %% 1000) / 100.0)::bigint as run,
                                   case when job >= %3$d - %3$d / 20000 then 'queued'
                                        when job >= %3$d - %3$d / 4000 then 'running'
                                        when random %% 1000 < 935 then 'succeeded'
                                        when random %% 1000 < 987 then 'failed'
                                        else 'canceled' end as state
                              from (select job, timestamptz '2026-01-01Z' + job * interval '%5$d microseconds' as at,
                                           abs(hashint8(job)::bigint) as random,
                                           abs(hashint8(job + 77777777)::bigint) as other
                                      from generate_series(%1$d::bigint, %2$d - 1) job) drawn) numbered) shown
            """;

    private static final String STAGES = """
            insert into audit.job_stages (job_id, attempt, stage_no, id_day, shard, bot_id, stage_name, started_at, end_key,
                   ended_at, status, reported_ms, meta, meta_key)
            select job_id, 1, no, id_day, shard, bot_id, (array['load', 'compute', 'write', 'notify'])[no],
                   started_at + (no - 1) * elapsed_ms * interval '1 millisecond' / 4, bot_key,
                   started_at + no * elapsed_ms * interval '1 millisecond' / 4,
                   case when outcome = 'failed' and no = 3 then 'fail' else 'succeed' end, elapsed_ms / 4,
                   jsonb_build_object('rows', no * 100), bot_key
              from audit.jobs
             cross join generate_series(1, 3 + shard %% 2) no
             where job_id >= '%s'
               and job_id < '%s'
               and outcome is not null
            """;

    private static final String ID_DAYS = """
            insert into audit.job_id_days (first_day, id_day)
            select distinct id_day, id_day
              from audit.jobs
                on conflict do nothing
            """;

    /** Each bucket has its part of ten times the jobs, of every bot and shard alike. */
    private static final String SUMS = """
            insert into audit.job_sums (bot_id, minutes, bucket, shard, queued, running, succeeded, failed, canceled,
                   finished_succeeded, finished_failed, finished_canceled, queue_ms, run_ms)
            select case when bot >= 0 then 'bot-' || lpad(bot::text, 2, '0') end, minutes, at, shard, 0, 0, jobs,
                   jobs / 20, jobs / 100, jobs, jobs / 20, jobs / 100, jobs * 1000, jobs * 5000
              from (values (15), (60), (1440)) size (minutes)
             cross join lateral generate_series(
                       timestamptz '2026-01-01Z', timestamptz '2026-01-01Z' + (%d - 1) * interval '1 day',
                       interval '1 day') day
             cross join lateral generate_series(
                       day, day + interval '1 day' - minutes * interval '1 minute', minutes * interval '1 minute') at
             cross join generate_series(-1, 49) bot
             cross join generate_series(0, 3) shard
             cross join lateral (select (case when bot >= 0 then 57 else 2895 end) * minutes / 15 as jobs) share
             order by at
            """;

    private static final String DURATIONS = """
            insert into audit.job_durations (bucket, bot_id, stage_name, outcome, slot, day, shard, n, total_ms)
            select day, 'bot-' || lpad(bot::text, 2, '0'), name, case when name = '' then 'succeeded' else 'succeed' end,
                   slot, day::date, shard, 96, 96 * pow(1.1, slot - 1.5)::bigint
              from generate_series(
                       timestamptz '2026-01-01Z', timestamptz '2026-01-01Z' + (%d - 1) * interval '1 day',
                       interval '1 day') day
             cross join generate_series(0, 49) bot
             cross join unnest(array['', 'load', 'compute', 'write', 'notify']) name
             cross join generate_series(50, 104) slot
             cross join generate_series(0, 3) shard
             order by 1
            """;

    private final LocalDatabase database;
    private final int jobs;

    JobDataGenerator(LocalDatabase database, int jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    static Instant timeOf(int job) {
        return START.plus(job * MICROS_PER_JOB, ChronoUnit.MICROS);
    }

    static UUID idOf(int job) {
        return new UUID((timeOf(job).toEpochMilli() << 16) | 0x7000, (0x8000L << 48) | job);
    }

    /** How many days have jobs. */
    static int days(int jobs) {
        return (jobs + JOBS_PER_DAY - 1) / JOBS_PER_DAY;
    }

    /** Creates missing data only: a kept data directory is reused. */
    void createIfMissing() throws SQLException {
        database.createDatabaseIfMissing(ApiDataGenerator.DATABASE);
        DatabaseSettings settings = DatabaseSettings.of(
                database.host(), database.port(), ApiDataGenerator.DATABASE, LocalDatabase.USERNAME, null);
        MigrationRunner.migrate(settings, MigrationModule.TRACKER, line -> {});
        MigrationRunner.migrate(settings, MigrationModule.AUDIT, line -> {});
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement()) {
            if (count(statement) != jobs) {
                create(statement);
            }
        }
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from audit.jobs")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void create(Statement statement) throws SQLException {
        statement.execute(
                "truncate audit.jobs, audit.job_stages, audit.job_sums, audit.job_id_days, audit.job_durations");
        statement.execute("alter table audit.jobs disable trigger user");
        statement.execute("alter table audit.job_stages disable trigger user");
        int days = days(jobs);
        for (int day = 0; day < days; day++) {
            // Nine days at once, and a retention that keeps them whatever day it is.
            if (day % 8 == 0) {
                statement.execute("select count(*) from audit.roll_partitions(timestamptz '2026-01-02Z' + " + day
                        + " * interval '1 day', interval '100 years')");
            }
            int first = day * JOBS_PER_DAY;
            int end = Math.min(jobs, first + JOBS_PER_DAY);
            statement.execute(JOBS.formatted(first, end, jobs, CREATORS, MICROS_PER_JOB));
            statement.execute(STAGES.formatted(idOf(first), idOf(end)));
        }
        statement.execute(ID_DAYS);
        statement.execute(SUMS.formatted(days));
        statement.execute(DURATIONS.formatted(days));
        statement.execute("alter table audit.jobs enable trigger user");
        statement.execute("alter table audit.job_stages enable trigger user");
        statement.execute("vacuum analyze");
        statement.execute("checkpoint");
    }
}
