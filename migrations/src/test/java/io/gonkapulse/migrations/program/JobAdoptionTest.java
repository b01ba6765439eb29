package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.AuditMigrations.NEWEST_AUDIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.DatabaseState;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Adopts audit databases as releases of a bot platform left them. */
@Tag("process")
class JobAdoptionTest {

    @ParameterizedTest
    @CsvSource({
        "first_files, files 001 to 003 and 006, 5, 4",
        "later_files, files 004 and 005, 7, 2",
        "at_run_time, at run time, 2, 2",
        "mixed, mixed origin, 2, 1"
    })
    void copiesEveryJobAndUndoesIt(String shape, String description, int jobs, int stages) {
        PostgresDatabase database = create(ServerKind.NEWEST, shape);
        DatabaseState before = DatabaseState.of(database);

        ProgramRun run = adopt(database, "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(description, "Jobs: " + jobs + " read, " + jobs + " copied, 0 were there already", "Done (");
        assertThat(database.value("select count(*) from audit.jobs join public.jobs using (job_id)"))
                .isEqualTo(String.valueOf(jobs));
        assertThat(database.value("select count(*) from audit.job_stages")).isEqualTo(String.valueOf(stages));
        assertThat(database.value("select count(*) from audit.jobs where origin <> 'adopted' or attempt <> 1"))
                .isEqualTo("0");
        assertThat(database.value("select sum(n) from audit.job_counts where kind = 'accepted'"))
                .isEqualTo(String.valueOf(jobs));
        assertThat(ProgramRun.on(database, "version", "--module", "audit").out().strip())
                .isEqualTo(String.valueOf(NEWEST_AUDIT));

        ProgramRun undo = adopt(database, "--undo", "--yes");

        assertThat(undo.out()).contains("Deleted: " + jobs + " adopted jobs and " + stages + " stages");
        assertThat(database.value("select (select count(*) from audit.jobs) + (select count(*) from audit.job_stages)"
                        + " + (select count(*) from audit.job_counts) + (select count(*) from audit.job_durations)"))
                .isEqualTo("0");
        assertThat(DatabaseState.of(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void dryRunChangesNothing(ServerKind kind) {
        PostgresDatabase database = create(kind, "first_files");
        DatabaseState before = DatabaseState.of(database);

        ProgramRun run = adopt(database);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "Stages: 8 read, 4 copied",
                        "2 starts with an end",
                        "2 repeated",
                        "1 failed with the error Canceled are canceled",
                        "nothing was changed");
        assertThat(database.value("select to_regnamespace('audit') is null")).isEqualTo("t");
        assertThat(DatabaseState.of(database)).isEqualTo(before);
    }

    @Test
    void correctsStates() {
        PostgresDatabase database = adopted("first_files");

        assertThat(database.rows("select bot_id, state, error_name, (canceled_in_queue).source from audit.jobs "
                        + "where outcome is not null order by bot_id, state"))
                .containsExactly(
                        "scrape-plan|canceled|Canceled|adopted",
                        "scrape-plan|failed|TypeError|null",
                        "vault-file-upload|succeeded|null|null");
        assertThat(database.rows("select state, lease_until > now() + interval '23 hours', lease_ms "
                        + "from audit.jobs where outcome is null order by state"))
                .containsExactly("queued|t|86400000", "running|t|86400000");
        assertThat(adopted("later_files").rows("select bot_id, state from audit.jobs where outcome is null"))
                .containsExactly("blocker|running");
    }

    /** The third job has no times, so it ends when it is adopted. */
    @Test
    void keepsMillisecondsAndSeconds() {
        assertThat(adopted("later_files")
                        .rows("select left(job_id::text, 8), run_ms, duration_source from audit.jobs "
                                + "where run_ms > 100 order by 1"))
                .containsExactly("1ab188b7|1600|clock", "22cf5740|1700|monotonic", "64d7398f|3000000000|monotonic");
        assertThat(adopted("later_files")
                        .value("select finished_at = '2025-11-28 23:42:39.098+00' and queue_ms = 15 from audit.jobs "
                                + "where run_ms = 1700"))
                .isEqualTo("t");
    }

    @Test
    void makesObjectsOfTexts() {
        assertThat(adopted("first_files").rows("select meta from audit.jobs where meta is not null order by bot_id"))
                .containsExactly(
                        "{\"head\": \"{\\\"text\\\":\\\"xxxxxxxx\", \"truncated\": true}",
                        "{\"planId\": 580, \"filename\": \"Ünï \\\"q\\\".pdf\"}");
        assertThat(adopted("later_files").value("select meta ->> 'truncated' from audit.jobs where meta is not null"))
                .isEqualTo("true");
    }

    @Test
    void keepsCreators() {
        assertThat(adopted("first_files")
                        .rows("select created_by_name, created_by_role, created_by_at = '2025-11-13 10:00+00' "
                                + "from audit.jobs where created_by_name is not null order by 1"))
                .containsExactly("Ann|user|null", "Ops Admin|admin|t");
        assertThat(adopted("mixed").rows("select created_by_name, created_by_role from audit.jobs order by 1"))
                .containsExactly("Ann|user", "Bob|admin");
    }

    @Test
    void keepsStagesOfOneMillisecond() {
        assertThat(adopted("later_files")
                        .rows("select stage_no, stage_name, status, duration_ms "
                                + "from audit.job_stages order by stage_no"))
                .containsExactly("1|login|succeed|0", "2|login|succeed|12");
    }

    @Test
    void keepsSmallestIdOfRepeatedStages() {
        assertThat(adopted("first_files")
                        .rows("select stage_name, status, meta, end_key is null from audit.job_stages "
                                + "where status is null"))
                .containsExactly("login|null|{\"copy\": 1}|t");
    }

    @Test
    void readsStagesFromLists() {
        assertThat(
                        adopted("at_run_time")
                                .rows(
                                        "select stage_no, stage_name, status, duration_ms, stage.error_message, stage.meta, stages_listed "
                                                + "from audit.job_stages stage join audit.jobs using (job_id) order by stage_no"))
                .containsExactly(
                        "1|login|succeed|14|null|null|t",
                        "2|scrape|fail|14|selector not found: #x|{\"module\": \"basic_info\"}|t");
    }

    @Test
    void readsTimesWithoutZone() {
        PostgresDatabase database = create(ServerKind.NEWEST, "mixed");

        ProgramRun run = adopt(database, "--yes", "--time-zone", "America/Bogota");

        assertThat(run.out()).contains("1 without a job");
        assertThat(database.value("select started_at = '2025-11-28 23:42:30+00' from audit.job_stages"))
                .isEqualTo("t");
    }

    @Test
    void secondAdoptionCopiesWhatIsNew() {
        PostgresDatabase database = adopted("first_files");
        database.execute("insert into jobs (job_id, bot_id, state, accepted_at) "
                + "values (gen_random_uuid(), 'late', 'queued', now())");
        database.execute("update audit.jobs set origin = 'reported' where bot_id = 'legacy'");

        ProgramRun again = adopt(database, "--yes");

        assertThat(again.out()).contains("Jobs: 6 read, 1 copied, 5 were there already");
        assertThat(adopt(database, "--undo", "--yes").out()).contains("Deleted: 5 adopted jobs");
        assertThat(database.value("select bot_id from audit.jobs")).isEqualTo("legacy");
    }

    @Test
    void dryRunOfUndoKeepsJobs() {
        PostgresDatabase database = adopted("first_files");
        List<String> rows = DataDump.of(database, MigrationModule.AUDIT);

        assertThat(adopt(database, "--undo").out()).contains("Deleted: 5 adopted jobs", "nothing was changed");

        assertThat(DataDump.of(database, MigrationModule.AUDIT)).isEqualTo(rows);
    }

    @Test
    void refusesOtherDatabases() {
        PostgresDatabase empty = ServerKind.NEWEST.server().freshDatabase();

        assertThat(adopt(empty).exitCode()).isEqualTo(3);
        assertThat(adopt(empty).err()).contains("Missing: table job_stages, table jobs");
        assertThat(adopt(empty, "--undo").exitCode()).isEqualTo(3);

        PostgresDatabase unknownState = create(ServerKind.NEWEST, "mixed");
        unknownState.execute("alter table jobs drop constraint jobs_state_check; update jobs set state = 'paused'");
        ProgramRun run = adopt(unknownState, "--yes");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("got also paused", "nothing was changed");
    }

    private static PostgresDatabase create(ServerKind kind, String shape) {
        PostgresDatabase database = kind.server().freshDatabase();
        database.execute(PortalDatabase.resource("/bots/" + shape + ".sql"));
        return database;
    }

    private static PostgresDatabase adopted(String shape) {
        PostgresDatabase database = create(ServerKind.NEWEST, shape);
        ProgramRun.succeed(database, "adopt", "--module", "audit", "--yes");
        return database;
    }

    private static ProgramRun adopt(PostgresDatabase database, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "adopt";
        arguments[1] = "--module";
        arguments[2] = "audit";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return ProgramRun.on(database, arguments);
    }
}
