package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SampleJobs;
import io.gonkapulse.migrations.server.ServerKind;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** V4 to V6 of job audit and their undo. */
@Tag("process")
class MergedJobsMigrationTest {

    @ParameterizedTest
    @EnumSource
    void undoRestoresRows(ServerKind kind) {
        PostgresDatabase database = atVersion(kind, 5);
        List<String> before = DataDump.of(database, MigrationModule.AUDIT);

        ProgramRun.succeed(database, "migrate", "--module", "audit");
        ProgramRun.succeed(database, "undo", "--to", "5", "--module", "audit");

        assertThat(DataDump.of(database, MigrationModule.AUDIT)).isEqualTo(before);
    }

    @Test
    void undoKeepsWhatIsShown() {
        PostgresDatabase database = TestServers.embedded().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--module", "audit");
        ProgramRun.succeed(database, "seed", "--module", "audit");
        database.execute("""
                insert into audit.jobs (job_id, purged_at) values (gen_random_uuid(), now());
                insert into audit.job_stages (job_id, attempt, stage_no, stage_name, started_at)
                select job_id, 1, 1000 + stage_no, stage_name, started_at
                  from audit.job_stages;
                """);
        List<String> shown = database.rows("select job_id, bot_id, state, accepted_at, started_at, finished_at, meta, "
                + "result, created_by_name, case when not lost then error_message end, "
                + "run_ms from audit.jobs_api order by job_id");
        List<String> stages = database.rows("select coalesce(status, 'start'), count(*) from audit.job_stages "
                + "where stage_no <= 1000 group by 1 order by 1");

        ProgramRun.succeed(database, "undo", "--to", "5", "--module", "audit");

        assertThat(database.rows("select job_id, bot_id, state, accepted_at, started_at, finished_at, meta, result, "
                        + "created_by ->> 'name', error_message, duration_ms from audit.jobs order by job_id"))
                .isEqualTo(shown);
        assertThat(database.rows("select status, count(*) from audit.job_stages group by status order by status"))
                .isEqualTo(stages);
    }

    @Test
    void fillsMissingDurationsOfFinishedJobs() {
        PostgresDatabase database = atVersion(ServerKind.NEWEST, 3);
        database.execute("update audit.jobs set duration_ms = null; update audit.job_stages set duration_ms = null");

        ProgramRun.succeed(database, "migrate", "--to", "4", "--module", "audit");

        assertThat(database.rows("select state, duration_ms, queue_ms, total_ms from audit.jobs order by state"))
                .containsExactly(
                        "canceled|null|null|600000",
                        "failed|9000|0|9000",
                        "queued|null|null|null",
                        "running|null|500|null",
                        "succeeded|2750|1499|4249");
        assertThat(database.rows("select duration_ms from audit.job_stages order by id"))
                .containsExactly("1500", "1250", "9000", "null");
    }

    @Test
    void longDurationsBecomeLargestInteger() {
        PostgresDatabase database = atVersion(ServerKind.NEWEST, 4);
        database.execute("update audit.jobs set duration_ms = 3000000000 where state = 'succeeded'");

        ProgramRun.succeed(database, "undo", "--module", "audit");

        assertThat(database.value("select duration_ms from audit.jobs where state = 'succeeded'"))
                .isEqualTo("2147483647");
    }

    @Test
    void keepsSmallestIdOfRepeatedStages() {
        PostgresDatabase database = atVersion(ServerKind.NEWEST, 4);
        database.execute("""
                insert into audit.job_stages (job_id, stage_name, status, started_at, ended_at)
                select job_id, stage_name, status, started_at, ended_at
                  from audit.job_stages;
                insert into audit.job_stages (job_id, stage_name, status, started_at)
                select job_id, stage_name, 'start', started_at
                  from audit.job_stages
                 where status = 'fail';
                """);

        ProgramRun.succeed(database, "migrate", "--to", "5", "--module", "audit");

        assertThat(database.rows("select id, status from audit.job_stages order by id"))
                .containsExactly("1|succeed", "2|succeed", "3|fail", "4|start");
    }

    private static PostgresDatabase atVersion(ServerKind kind, int version) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--to", "1", "--module", "audit");
        SampleJobs.insertInto(database);
        ProgramRun.succeed(database, "migrate", "--to", String.valueOf(version), "--module", "audit");
        return database;
    }
}
