package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.AuditMigrations.NEWEST_AUDIT;
import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.server.DatabaseState;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SampleJobs;
import io.gonkapulse.migrations.server.SampleRows;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.ServerKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applies, undoes and re-applies every migration with rows in the tables. */
@Tag("process")
class RoundTripTest {

    @ParameterizedTest
    @EnumSource
    void undoesAndRepeatsEveryMigration(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--to", "1");
        SampleRows.insertInto(database);
        DatabaseState before = DatabaseState.of(database);

        for (int version = 2; version <= NEWEST; version++) {
            if (version == 5) {
                SampleRows.insertKnownNode(database);
                before = DatabaseState.of(database);
            }
            before = undoAndRepeat(database, MigrationModule.TRACKER, version, before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void undoesAndRepeatsEveryAuditMigration(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--module", "audit", "--to", "1");
        SampleJobs.insertInto(database);
        DatabaseState before = DatabaseState.of(database, MigrationModule.AUDIT);

        for (int version = 2; version <= NEWEST_AUDIT; version++) {
            before = undoAndRepeat(database, MigrationModule.AUDIT, version, before);
        }
    }

    private static DatabaseState undoAndRepeat(
            PostgresDatabase database, MigrationModule module, int version, DatabaseState before) {
        String[] migrate = {"migrate", "--to", String.valueOf(version), "--module", module.name()};
        ProgramRun.succeed(database, migrate);
        DatabaseState up = DatabaseState.of(database, module);
        ProgramRun.succeed(database, "undo", "--module", module.name());
        DatabaseState down = DatabaseState.of(database, module);
        ProgramRun.succeed(database, migrate);
        DatabaseState again = DatabaseState.of(database, module);

        assertThat(down.schema()).as("schema after U" + version).isEqualTo(before.schema());
        assertThat(down.rows()).as("rows after U" + version).isEqualTo(before.rows());
        assertThat(again.schema()).as("schema after V" + version + " again").isEqualTo(up.schema());
        assertThat(withoutNewIds(again.rows()))
                .as("rows after V" + version + " again")
                .isEqualTo(withoutNewIds(up.rows()));
        return again;
    }

    @ParameterizedTest
    @EnumSource
    void undoesAllAndMigratesAgain(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();
        List<String> empty = SchemaDump.of(database);
        ProgramRun.succeed(database);
        ProgramRun.succeed(database, "seed");
        List<String> full = SchemaDump.of(database);

        ProgramRun down = ProgramRun.on(database, "undo", "--all");
        List<String> afterwards = SchemaDump.of(database);
        ProgramRun.succeed(database);

        assertThat(down.err()).isEmpty();
        assertThat(down.out()).contains("V10 undone", "V1 undone", "is at version 0");
        assertThat(afterwards).isEqualTo(empty);
        assertThat(SchemaDump.of(database)).isEqualTo(full);
        assertThat(ProgramRun.on(database, "validate").exitCode()).isZero();
    }

    /** V7 generates node ids, V9 records when it filled in the amounts, V6 of audit gives leases. */
    private static List<String> withoutNewIds(List<String> rows) {
        List<String> stable = new ArrayList<>();
        rows.forEach(row -> stable.add(
                row.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-(?!00000000)[0-9a-f]{12}", "new")
                        .replaceFirst(",provisional,\"[^\"]+\"", ",provisional,new")
                        .replaceFirst("\"[^\"]+\",86400000", "new,86400000")));
        return stable.stream().sorted().toList();
    }
}
