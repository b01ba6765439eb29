package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.AuditMigrations.NEWEST_AUDIT;
import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.TestServers;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two modules in one database. */
@Tag("process")
class ModulesTest {

    private static final String SCHEMAS =
            "select nspname from pg_namespace where nspname in ('audit', 'public') order by 1";

    private final PostgresDatabase database = TestServers.embedded().freshDatabase();

    @Test
    void migratesAllModules() {
        ProgramRun run = ProgramRun.on(database, "migrate", "--module", "all");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Schema public migrated from version 0 to version " + NEWEST)
                .contains("Schema audit migrated from version 0 to version " + NEWEST_AUDIT);
        assertThat(ProgramRun.on(database, "version", "--module", "all").out().lines())
                .containsExactly("tracker " + NEWEST, "audit " + NEWEST_AUDIT);
        assertThat(ProgramRun.on(database, "version", "--module", "audit").out().strip())
                .isEqualTo(String.valueOf(NEWEST_AUDIT));
        assertThat(ProgramRun.on(database, "validate", "--module", "all").out().lines())
                .hasSize(2);
    }

    @Test
    void settingNamesModules() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("MIGRATIONS_MODULES", "tracker, audit");

        assertThat(ProgramRun.with(environment).out()).contains("Schema public migrated", "Schema audit migrated");
        assertThat(ProgramRun.with(environment, "version", "--module", "audit").out())
                .isEqualToIgnoringNewLines(String.valueOf(NEWEST_AUDIT));
        ProgramRun undo = ProgramRun.with(environment, "undo");
        assertThat(undo.exitCode()).isEqualTo(2);
        assertThat(undo.err())
                .contains("--module: expected one module, such as --module tracker, "
                        + "got tracker and audit from MIGRATIONS_MODULES");
    }

    @Test
    void rejectsUnknownModuleOfSetting() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("MIGRATIONS_MODULES", "tracker,portal");

        ProgramRun run = ProgramRun.with(environment, "migrate");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("MIGRATIONS_MODULES: there are no migrations for portal yet");
        assertThat(DataDump.of(database)).isEmpty();
    }

    @Test
    void statusHasHeadingPerModule() {
        ProgramRun.succeed(database, "migrate", "--module", "audit", "--to", "2");

        ProgramRun table = ProgramRun.on(database, "status", "--module", "all");
        JsonNode json = new JsonMapper()
                .readTree(ProgramRun.on(database, "status", "--module", "all", "--json")
                        .out());

        assertThat(table.exitCode()).isZero();
        assertThat(table.out().lines())
                .contains("Module tracker at " + database.settings().address() + ": version 0", "")
                .contains("Module audit at " + database.settings().address() + ": version 2")
                .filteredOn(line -> line.startsWith("[X]"))
                .hasSize(2);
        assertThat(json.get(0).get("module").asString()).isEqualTo("tracker");
        assertThat(json.get(1).get("module").asString()).isEqualTo("audit");
        assertThat(json.get(1).get("version").asInt()).isEqualTo(2);
    }

    @Test
    void statusNeedsNoSchema() {
        assertThat(ProgramRun.on(database, "version", "--module", "audit").out().strip())
                .isEqualTo("0");
        assertThat(ProgramRun.on(database, "undo", "--module", "audit").out()).contains("has no history");
        assertThat(database.value(SCHEMAS)).isEqualTo("public");
    }

    @Test
    void undoDropsOnlyOwnSchema() {
        ProgramRun.succeed(database, "migrate", "--module", "tracker");
        List<String> tracker = SchemaDump.of(database);
        MigrationRunner.migrate(database.settings(), MigrationModule.AUDIT, line -> {});
        List<String> audit = SchemaDump.of(database, MigrationModule.AUDIT);

        ProgramRun down = ProgramRun.on(database, "undo", "--all", "--module", "audit");

        assertThat(down.err()).isEmpty();
        assertThat(down.out()).contains("Schema audit was empty and is dropped");
        assertThat(database.value(SCHEMAS)).isEqualTo("public");
        assertThat(SchemaDump.of(database)).isEqualTo(tracker);
        ProgramRun.succeed(database, "migrate", "--module", "audit");
        assertThat(SchemaDump.of(database, MigrationModule.AUDIT)).isEqualTo(audit);
    }

    @Test
    void undoKeepsSchemaWithForeignTables() {
        ProgramRun.succeed(database, "migrate", "--module", "audit");
        database.execute("create table audit.notes (id int)");

        ProgramRun.succeed(database, "undo", "--all", "--module", "audit");

        assertThat(database.value(SCHEMAS)).isEqualTo("audit\npublic");
        assertThat(ProgramRun.on(database, "version", "--module", "audit").out().strip())
                .isEqualTo("0");
    }

    @Test
    void refusesSchemaOfOthers() {
        database.execute("create schema audit; create table audit.jobs (id int)");

        ProgramRun run = ProgramRun.on(database, "migrate", "--module", "audit");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("Schema audit contains tables that this program did not create (jobs)");
    }

    @Test
    void namesMissingPrivilege() {
        TestServers.embedded().execute("create role a_stranger login");

        ProgramRun run = ProgramRun.on(database.as("a_stranger"), "migrate", "--module", "audit");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("grant create on database " + database.name() + " to a_stranger");

        database.execute("create schema audit authorization a_stranger");
        ProgramRun.succeed(database.as("a_stranger"), "migrate", "--module", "audit");
    }

    @Test
    void resetDropsOnlyOneModule() {
        ProgramRun.succeed(database, "migrate", "--module", "all");
        List<String> tracker = SchemaDump.of(database);
        Map<String, String> allowed = new HashMap<>(database.environment());
        allowed.put("ALLOW_RESET", "true");

        ProgramRun reset = ProgramRun.with(allowed, "reset", "--module", "audit", "--yes-drop", database.name());

        assertThat(reset.err()).isEmpty();
        assertThat(reset.out()).contains("Dropped everything in schema audit of " + database.name());
        assertThat(database.value(SCHEMAS)).isEqualTo("public");
        assertThat(SchemaDump.of(database)).isEqualTo(tracker);
    }

    /** Another application may use the names of the audit tables in its own schema, and so may the tracker. */
    @Test
    void namesDoNotCollide() {
        database.execute("""
                create table jobs (id int);
                create view job_metrics_by_bot as select 1 as x;
                """);
        ProgramRun.succeed(database, "migrate", "--module", "all");
        ProgramRun.succeed(database, "seed");
        ProgramRun.succeed(database, "seed", "--module", "audit");

        ProgramRun.succeed(database, "undo", "--all", "--module", "audit");

        assertThat(database.value("select count(*) from public.jobs")).isEqualTo("0");
        assertThat(database.value("select x from public.job_metrics_by_bot")).isEqualTo("1");
        assertThat(database.value("select count(*) from nodes")).isEqualTo("12");
    }

    @Test
    void seedsJobsOnce() {
        ProgramRun.succeed(database, "migrate", "--module", "audit");
        ProgramRun.succeed(database, "seed", "--module", "audit");
        List<String> once = DataDump.of(database, MigrationModule.AUDIT);

        ProgramRun.succeed(database, "seed", "--module", "audit");

        assertThat(DataDump.of(database, MigrationModule.AUDIT)).isEqualTo(once);
        assertThat(database.rows(
                        "select state, lost, count(distinct bot_id) from audit.jobs_api group by 1, 2 order by 1, 2"))
                .containsExactly(
                        "canceled|f|5", "failed|f|5", "failed|t|1", "queued|f|3", "running|f|4", "succeeded|f|5");
        database.execute(
                "insert into audit.jobs (job_id, bot_id, first_time) values (gen_random_uuid(), 'real', now())");
        ProgramRun refused = ProgramRun.on(database, "seed", "--module", "audit");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("There are 1 jobs", "no sample data");
    }

    @Test
    void concurrentRunsMigrateOnce() throws Exception {
        List<ProgramProcess> programs = List.of(
                ProgramRun.start(database.environment(), "migrate", "--module", "all"),
                ProgramRun.start(database.environment(), "migrate", "--module", "audit"),
                ProgramRun.start(database.environment()));

        for (ProgramProcess program : programs) {
            assertThat(program.exitCode()).as(program.outputText()).isZero();
        }
        assertThat(database.rows("select count(*), count(distinct version) from audit.flyway_schema_history"))
                .containsExactly(NEWEST_AUDIT + "|" + NEWEST_AUDIT);
        assertThat(database.rows("select count(*), count(distinct version) from public.flyway_schema_history"))
                .containsExactly(NEWEST + "|" + NEWEST);
    }

    @Test
    void newWritesPairOfModule(@TempDir Path resources) throws IOException {
        Path module = resources.resolve("db").resolve("audit");
        Files.createDirectories(module.resolve("migration"));
        Files.createDirectories(module.resolve("undo"));

        ProgramRun run = ProgramRun.with(
                Map.of(), "new", "job labels", "--module", "audit", "--directory", resources.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(module.resolve("migration/V1__job_labels.sql")).exists();
        assertThat(module.resolve("undo/U1__job_labels.sql")).exists();
    }
}
