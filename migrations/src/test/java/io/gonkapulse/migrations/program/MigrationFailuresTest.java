package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SampleRows;
import io.gonkapulse.migrations.server.TestServers;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of a run, from the connection to the last migration. */
@Tag("process")
class MigrationFailuresTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void concurrentProcessesMigrateOnce() throws Exception {
        PostgresDatabase database = TestServers.embedded().freshDatabase();

        List<ProgramProcess> programs = List.of(
                ProgramRun.start(database.environment()),
                ProgramRun.start(database.environment()),
                ProgramRun.start(database.environment(), "migrate"));

        for (ProgramProcess program : programs) {
            assertThat(program.exitCode()).as(program.outputText()).isZero();
        }
        assertThat(programs.stream().filter(program -> program.outputText().contains(NEWEST + " migrations")))
                .hasSize(1);
        assertThat(programs.stream().filter(program -> program.outputText().contains("nothing to do")))
                .hasSize(2);
        assertThat(database.rows("select count(*), count(distinct version) from flyway_schema_history"))
                .containsExactly(NEWEST + "|" + NEWEST);
    }

    @Test
    void waitsForRunningProcess() throws Exception {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(5);

        try (Connection blocker = database.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table users in access share mode");
            ProgramProcess first = ProgramRun.start(database.environment(), "migrate", "--lock-timeout", "60s");
            await("the first run waits for the table")
                    .atMost(TIMEOUT)
                    .until(() -> ProgramRun.on(database, "status").out().contains("which waits for a lock of session"));

            ProgramRun second = ProgramRun.on(database, "migrate", "--lock-wait", "1s");
            ProgramRun status = ProgramRun.on(database, "status");
            blocker.rollback();

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.out()).contains("Another run holds the lock (session ");
            assertThat(second.err()).contains("for longer than 1.0 s", "--lock-wait");
            assertThat(status.exitCode()).isZero();
            assertThat(status.out()).contains("Another run is active: session ");
            assertThat(first.exitCode()).as(first.outputText()).isZero();
        }
    }

    @Test
    void recoversFromLockTimeout() throws Exception {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(5);

        ProgramRun run;
        try (Connection blocker = database.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table users in access share mode");
            run = ProgramRun.on(database, "migrate", "--lock-timeout", "200ms");
            blocker.rollback();
        }

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("V6", "a lock was not granted in time", "Nothing of it remains");
        assertThat(ProgramRun.on(database, "status").out()).contains("Problem (failed) V6");
        ProgramRun.succeed(database);
        assertThat(ProgramRun.on(database, "status").exitCode()).isZero();
    }

    @Test
    void stopsSlowStatement() {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(3);
        database.execute("""
                create function slow() returns event_trigger language plpgsql as $$ begin perform pg_sleep(30); end $$;
                create event trigger slow on ddl_command_start when tag in ('CREATE TABLE') execute function slow();
                """);

        ProgramRun run = ProgramRun.on(database, "migrate", "--statement-timeout", "300ms");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("V4", "took too long", "--statement-timeout");
    }

    /** With two connections, Flyway would have written the history before the migration was committed. */
    @Test
    void failedCommitLeavesNoHistory() {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(6);
        SampleRows.insertInto(database);
        database.execute("""
                create function veto() returns trigger language plpgsql as $$ begin raise 'no commit'; end $$;
                create constraint trigger veto after insert on nodes deferrable initially deferred
                    for each row execute function veto();
                """);

        ProgramRun run = ProgramRun.on(database, "migrate", "--to", "7");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("V7");
        assertThat(ProgramRun.on(database, "version").out().strip()).isEqualTo("6");
        database.execute("drop function veto cascade");
        ProgramRun.succeed(database);
    }

    @Test
    void waitsForLateDatabase(@TempDir Path home) throws Exception {
        int port = LoopbackPort.findFree();
        ProgramProcess program = ProgramRun.start(
                Map.of("DATABASE_URL", "postgres://postgres@127.0.0.1:" + port + "/postgres"), "--wait", "80s");
        String waiting = "Waiting for the database at 127.0.0.1:" + port;

        // After six attempts the back-off has its maximum.
        await().atMost(TIMEOUT)
                .until(() -> program.outputText()
                                .lines()
                                .filter(line -> line.contains(waiting))
                                .count()
                        >= 6);
        try (LocalDatabase late = LocalDatabase.fast(home.resolve("late"), port).start()) {
            assertThat(late.port()).isEqualTo(port);
            assertThat(program.exitCode()).as(program.outputText()).isZero();
        }

        assertThat(program.outputText()).contains(waiting, NEWEST + " migrations");
    }

    @Test
    void failsWithoutServerAfterTimeout() {
        ProgramRun run = ProgramRun.with(
                Map.of("DATABASE_URL", "postgres://postgres:s3cret@127.0.0.1:" + LoopbackPort.findFree() + "/postgres"),
                "--wait",
                "1s");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("No database at 127.0.0.1", "DB_HOST", "--wait")
                .doesNotContain("s3cret");
        assertThat(run.out()).contains("Waiting for the database").doesNotContain("s3cret");
    }

    @Test
    void rejectsWrongPasswordWithoutPrintingIt() {
        PostgresDatabase database = TestServers.embedded().freshDatabase();
        PasswordLogin.create(TestServers.embedded(), "guarded", "r!ght");
        String place = "@127.0.0.1:" + database.port() + "/" + database.name();

        ProgramRun wrong = ProgramRun.with(Map.of("DATABASE_URL", "postgres://guarded:wr%40ng" + place), "status");
        ProgramRun none = ProgramRun.with(Map.of("DATABASE_URL", "postgres://guarded" + place), "status");
        ProgramRun right = ProgramRun.with(Map.of("DATABASE_URL", "postgres://guarded:r%21ght" + place), "status");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("DB_PASSWORD").doesNotContain("wr@ng", "wr%40ng");
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("DB_PASSWORD");
        assertThat(right.exitCode()).isZero();
    }

    @Test
    void reportsMissingDatabase() {
        PostgresDatabase database = TestServers.embedded().database("nowhere");

        ProgramRun run = ProgramRun.on(database, "migrate");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("DB_DATABASE", "nowhere");
    }

    @Test
    void reportsMissingCreatePrivilege() {
        PostgresDatabase database = TestServers.embedded().freshDatabase();
        database.execute("drop role if exists powerless");
        database.execute("create role powerless login");

        ProgramRun run = ProgramRun.on(database.as("powerless"), "migrate");
        ProgramRun status = ProgramRun.on(database.as("powerless"), "status");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("powerless may not create tables", "grant create on schema public to powerless");
        assertThat(status.exitCode()).isZero();
        database.execute("drop role powerless");
    }

    @Test
    void rejectsEditedMigration() {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(9);
        database.execute("update flyway_schema_history set checksum = 1 where version = '3'");

        assertThat(ProgramRun.on(database, "status").out())
                .contains("changed")
                .contains("Problem (changed) V3 node stats cache: its file was edited");
        assertThat(ProgramRun.on(database, "validate").exitCode()).isEqualTo(1);
        assertThat(ProgramRun.on(database, "migrate").err()).contains("V3 node stats cache was edited");
    }

    @Test
    void reportsNewerDatabase() {
        PostgresDatabase database = TestServers.embedded().migratedDatabase();
        int later = NEWEST + 1;
        database.execute("""
                insert into flyway_schema_history
                       (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (99, '%1$s', 'of tomorrow', 'SQL', 'V%1$s__of_tomorrow.sql', 1, 'x', 1, true)
                """.formatted(later));

        assertThat(ProgramRun.on(database, "status").out()).contains("Problem (future) V" + later + " of tomorrow");
        ProgramRun migrate = ProgramRun.on(database, "migrate");
        assertThat(migrate.exitCode()).isZero();
        assertThat(migrate.out())
                .contains("Warning: The database is at version " + later + ", and this program knows versions up to "
                        + NEWEST);
        assertThat(ProgramRun.on(database, "undo").exitCode()).isEqualTo(3);
    }
}
