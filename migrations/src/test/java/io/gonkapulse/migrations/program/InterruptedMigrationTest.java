package io.gonkapulse.migrations.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SampleRows;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.ServerKind;
import io.gonkapulse.migrations.server.TestServers;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** Kills the program or its session during a migration, and repairs the database. */
@Tag("process")
class InterruptedMigrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void repairsKilledTransaction(ServerKind kind) throws Exception {
        PostgresDatabase database = kind.server().databaseAtVersion(6);
        SampleRows.insertInto(database);
        List<String> schema = SchemaDump.of(database);

        killWhileBlockedBy(database, "lock table user_nodes in access share mode", "migrate");
        ProgramRun status = ProgramRun.on(database, "status");
        ProgramRun refused = ProgramRun.on(database, "migrate");
        ProgramRun proposal = ProgramRun.on(database, "repair", "--to", "6");
        ProgramRun wrong = ProgramRun.on(database, "repair", "--to", "3", "--yes");
        ProgramRun repaired = ProgramRun.on(database, "repair", "--to", "6", "--yes");

        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).contains("[ ]   V7", "Problem (interrupted) V7", "and interrupted", "repair --to 6");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("V7 was started at", "interrupted", "repair --to 6");
        assertThat(proposal.exitCode()).isEqualTo(3);
        assertThat(proposal.out()).contains("leave the schema as it is");
        assertThat(proposal.err()).contains("add --yes");
        assertThat(wrong.exitCode()).isEqualTo(3);
        assertThat(wrong.err()).contains("--to 6", "--to 7", "got --to 3");
        assertThat(repaired.exitCode()).isZero();
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
        assertThat(ProgramRun.on(database, "status").exitCode()).isZero();
        ProgramRun.succeed(database);
    }

    @ParameterizedTest
    @EnumSource
    void repairsKilledConcurrentIndex(ServerKind kind) throws Exception {
        PostgresDatabase database = kind.server().databaseAtVersion(4);
        List<String> schema = SchemaDump.of(database);

        killWhileBlockedBy(database, "lock table node_requests in row exclusive mode", "migrate");
        ProgramRun status = ProgramRun.on(database, "status");
        ProgramRun refused = ProgramRun.on(database);
        ProgramRun proposal = ProgramRun.on(database, "repair", "--to", "4");
        ProgramRun repaired = ProgramRun.on(database, "repair", "--to", "4", "--yes");

        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out())
                .contains("Problem (interrupted) V5", "half done", "repair --to 4")
                .contains("Problem (invalid-index) idx_requests_user_id", "node_requests");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(proposal.out()).contains("U5__performance_indexes.sql");
        assertThat(repaired.exitCode()).isZero();
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
        ProgramRun.succeed(database);
        assertThat(ProgramRun.on(database, "status").exitCode()).isZero();
    }

    @Test
    void repairsKilledUndo() throws Exception {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(5);
        List<String> schema = SchemaDump.of(database);

        killWhileBlockedBy(database, "lock table user_nodes in row exclusive mode", "undo");
        ProgramRun status = ProgramRun.on(database, "status");
        ProgramRun repaired = ProgramRun.on(database, "repair", "--to", "5", "--yes");

        assertThat(status.out()).contains("Problem (interrupted) U5", "repair --to 5");
        assertThat(repaired.exitCode()).isZero();
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
        assertThat(ProgramRun.on(database, "undo").exitCode()).isZero();
    }

    @Test
    void recordsManuallyCompletedMigration() throws Exception {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(4);
        killWhileBlockedBy(database, "lock table node_requests in row exclusive mode", "migrate");
        database.execute("drop index idx_requests_user_id");
        database.execute("""
                create index idx_requests_user_id on node_requests (user_id);
                create index idx_requests_status on node_requests (status);
                create index idx_requests_created_at on node_requests (created_at desc);
                create index idx_users_role on users (role);
                create index idx_users_is_active on users (id) where is_active;
                """);

        ProgramRun repaired = ProgramRun.on(database, "repair", "--to", "5", "--yes");

        assertThat(repaired.out()).contains("you have checked it", "is at version 5");
        ProgramRun.succeed(database);
        assertThat(ProgramRun.on(database, "validate").exitCode()).isZero();
        assertThat(ProgramRun.on(database, "undo", "--all").exitCode()).isZero();
    }

    @Test
    void retriesAfterTerminatedSession() throws Exception {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(5);

        ProgramProcess program;
        try (Connection blocker = lock(database, "lock table users in access share mode")) {
            program = ProgramRun.start(database.environment(), "migrate", "--lock-timeout", "60s");
            waitUntilBlocked(database, blocker);
            database.execute("""
                    select pg_terminate_backend(pid) from pg_locks
                     where not granted and relation = 'users'::regclass
                    """);
            assertThat(program.exitCode()).isEqualTo(1);
            blocker.rollback();
        }

        assertThat(program.outputText()).contains("V6", "Nothing of it remains");
        assertThat(ProgramRun.on(database, "status").out()).contains("Problem (failed) V6");
        ProgramRun.succeed(database);
        assertThat(ProgramRun.on(database, "status").exitCode()).isZero();
    }

    @Test
    void succeedsWithNothingToRepair() {
        PostgresDatabase database = TestServers.embedded().freshDatabase();
        assertThat(ProgramRun.on(database, "repair", "--to", "0").out()).contains("Nothing to repair");
        ProgramRun.succeed(database);

        ProgramRun run = ProgramRun.on(database, "repair", "--to", "9", "--yes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Nothing to repair");
    }

    private static void killWhileBlockedBy(PostgresDatabase database, String lock, String command)
            throws SQLException, InterruptedException {
        try (Connection blocker = lock(database, lock)) {
            ProgramProcess program = ProgramRun.start(database.environment(), command, "--lock-timeout", "60s");
            waitUntilBlocked(database, blocker);
            program.kill();
            await("the sessions of the killed program end")
                    .atMost(TIMEOUT)
                    .until(() -> database.value(
                                    "select count(*) from pg_stat_activity where datname = current_database() "
                                            + "and application_name = 'gonka-pulse migrations'")
                            .equals("0"));
            blocker.rollback();
        }
    }

    /** Checks for this session: a concurrent index build briefly waits for other sessions as well. */
    private static void waitUntilBlocked(PostgresDatabase database, Connection blocker) throws SQLException {
        int pid = blocker.unwrap(PGConnection.class).getBackendPID();
        await("a migration waits for session " + pid)
                .atMost(TIMEOUT)
                .until(() -> !database.rows(
                                "select pid from pg_stat_activity where application_name = 'gonka-pulse migrations' "
                                        + "and " + pid + " = any (pg_blocking_pids(pid))")
                        .isEmpty());
    }

    private static Connection lock(PostgresDatabase database, String sql) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }
}
