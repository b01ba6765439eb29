package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.flyway.MigrateTask.MigrateReport;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.ServerKind;
import io.gonkapulse.migrations.server.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class MigrateCommandTest {

    @ParameterizedTest
    @EnumSource
    void migratesEmptyDatabaseOnce(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();

        ProgramRun first = ProgramRun.on(database);
        ProgramRun second = ProgramRun.on(database, "migrate");

        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("V1 users assignments requests: ")
                .containsPattern("V10 roles: \\d+ ms")
                .contains("Schema public migrated from version 0 to version " + NEWEST + ", " + NEWEST + " migrations");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("Schema public is at version " + NEWEST + ": nothing to do");
    }

    @Test
    void runsInProcess() {
        PostgresDatabase database = TestServers.embedded().freshDatabase();
        List<String> lines = new ArrayList<>();

        MigrateReport report = MigrationRunner.migrate(database.settings(), lines::add);

        assertThat(report).isEqualTo(new MigrateReport("public", 0, NEWEST, NEWEST));
        assertThat(lines).hasSizeGreaterThan(NEWEST);
    }

    @Test
    void singleMigrationsGiveSameSchema() {
        PostgresDatabase atOnce = TestServers.embedded().migratedDatabase();
        PostgresDatabase oneByOne = TestServers.embedded().freshDatabase();

        for (int version = 1; version <= NEWEST; version++) {
            ProgramRun.succeed(oneByOne, "migrate", "--to", String.valueOf(version));
            assertThat(ProgramRun.on(oneByOne, "version").out().strip()).isEqualTo(String.valueOf(version));
        }

        assertThat(SchemaDump.of(oneByOne)).isEqualTo(SchemaDump.of(atOnce));
    }

    @Test
    void rejectsInvalidTarget() {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(4);

        ProgramRun behind = ProgramRun.on(database, "migrate", "--to", "2");
        ProgramRun unknown = ProgramRun.on(database, "migrate", "--to", "999");

        assertThat(behind.exitCode()).isEqualTo(3);
        assertThat(behind.err()).contains("already at version 4", "undo --to 2");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("--to", "up to " + NEWEST, "999");
    }
}
