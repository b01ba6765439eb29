package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What readers add up always agrees with the counts, and the counts with the jobs. */
@Tag("process")
class JobSumsTest {

    private static final String DIFFERENCES = """
            with expected as (
                select shown.bot_id, minutes, date_bin(minutes * interval '1 minute', bucket, timestamptz 'epoch') as bucket,
                       shard, sum(n) filter (where kind = 'accepted') as accepted,
                       coalesce(sum(n) filter (where kind = 'finished' and state = 'failed'), 0) as failed,
                       sum(queue_ms) as queue_ms, sum(run_ms) as run_ms
                  from audit.job_counts
                 cross join unnest(array[15, 60, 1440]) minutes
                 cross join lateral (values (job_counts.bot_id), (null)) shown (bot_id)
                 group by 1, 2, 3, 4)
            select count(*)
              from expected
              full join audit.job_sums stored
                on stored.bot_id is not distinct from expected.bot_id
               and (stored.minutes, stored.bucket, stored.shard) = (expected.minutes, expected.bucket, expected.shard)
             where (coalesce(expected.accepted, 0), expected.failed, expected.queue_ms, expected.run_ms)
                   is distinct from
                   (queued + running + succeeded + stored.failed + canceled, finished_failed, stored.queue_ms, stored.run_ms)
            """;

    @ParameterizedTest
    @EnumSource
    void sumsFollowJobs(ServerKind kind) {
        PostgresDatabase database = seeded(kind);
        assertThat(database.value("select sum(queued + running + succeeded + failed + canceled) from audit.job_sums "
                        + "where bot_id is null and minutes = 1440"))
                .isEqualTo("200");

        for (String change : new String[] {
            "update audit.jobs set bot_id = 'renamed' where bot_id is not null and shard = 0",
            "update audit.jobs set first_time = first_time - interval '20 minutes'",
            "update audit.jobs set outcome = null, outcome_key = null, outcome_at = null where outcome = 'failed'",
            "update audit.job_counts set n = n + 1, run_ms = run_ms + 7",
            "delete from audit.jobs where bot_id > 'm'"
        }) {
            database.execute(change);

            assertThat(database.value(DIFFERENCES)).as(change).isEqualTo("0");
        }
        database.execute("truncate audit.job_counts");
        assertThat(database.value("select count(*) from audit.job_sums")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void daysOfIdsFollowJobs(ServerKind kind) {
        PostgresDatabase database = seeded(kind);
        database.execute("""
                insert into audit.jobs (job_id, bot_id, first_time)
                values ('019ad5a1-0c7e-7b3e-9d35-0c0b6f3e9a10', 'late', '2026-03-10T10:00:00Z'),
                       ('7b0f3a52-3a44-4d0e-8a3e-0c0b6f3e9a10', 'random', '2026-03-10T10:00:00Z')
                """);

        assertThat(database.rows("select id_day from audit.job_id_days where first_day = '2026-03-10' order by 1"))
                .containsExactly("-infinity", "2025-11-30");
        assertThat(database.value("""
                        select count(*)
                          from audit.jobs
                         where first_time is not null
                           and ((first_time at time zone 'UTC')::date, audit.partition_day(job_id)) not in (
                               select first_day, id_day from audit.job_id_days)
                        """)).isEqualTo("0");
    }

    private static PostgresDatabase seeded(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--module", "audit");
        ProgramRun.succeed(database, "seed", "--module", "audit");
        return database;
    }
}
