package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("process")
class MigrationsApplicationTest {

    private final PostgresDatabase database = TestServers.embedded().freshDatabase();

    @Test
    void statusListsPendingMigrations() {
        ProgramRun run = ProgramRun.on(database, "status");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .hasSize(1 + NEWEST)
                .filteredOn(line -> line.startsWith("[ ]"))
                .hasSize(NEWEST);
        assertThat(database.value("select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        assertThat(ProgramRun.on(database, "version").out().strip()).isEqualTo("0");
    }

    @Test
    void printsStatusTableInUtc() {
        ProgramRun.succeed(database, "migrate", "--to", "2");
        database.execute(
                "update flyway_schema_history set installed_on = '2026-03-29 02:30:00', execution_time = 61234");

        assertThat(ProgramRun.on(database, "status").out().lines())
                .contains(
                        "Module tracker at " + database.settings().address() + ": version 2",
                        "[X]   V1  users assignments requests    2026-03-29 02:30:00Z  1 min 01 s",
                        "[X]   V2  nodes                         2026-03-29 02:30:00Z  1 min 01 s",
                        "[ ]   V3  node stats cache");
    }

    @Test
    void printsStatusAsJson() {
        ProgramRun.succeed(database, "migrate", "--to", "1");

        JsonNode status = new JsonMapper()
                .readTree(ProgramRun.on(database, "status", "--json").out());

        assertThat(status.get("version").asInt()).isEqualTo(1);
        assertThat(status.get("migrations")).hasSize(NEWEST);
        assertThat(status.get("migrations").get(0).get("state").asString()).isEqualTo("applied");
        assertThat(status.get("migrations").get(0).get("installedAt").asString())
                .endsWith("Z");
        assertThat(status.get("migrations").get(1).get("installedAt").isNull()).isTrue();
        assertThat(status.get("problems")).isEmpty();
    }

    @Test
    void reportsForeignInvalidIndex() {
        ProgramRun.succeed(database, "migrate", "--to", "9");
        database.execute("""
                create index left_over on nodes (region);
                update pg_index set indisvalid = false where indexrelid = 'left_over'::regclass;
                """);

        assertThat(ProgramRun.on(database, "status").out())
                .contains("Problem (invalid-index) left_over", "drop index concurrently left_over");
        assertThat(ProgramRun.on(database).exitCode()).isZero();
    }

    @Test
    void seedsOnceAndRefusesForeignRows() {
        assertThat(ProgramRun.on(database, "seed").err())
                .contains("is at version 0 of " + NEWEST + ": run migrate first");
        ProgramRun.succeed(database);
        ProgramRun.succeed(database, "seed");
        List<String> once = DataDump.of(database);

        ProgramRun.succeed(database, "seed");
        assertThat(DataDump.of(database)).isEqualTo(once);

        database.execute("insert into nodes (identifier, identifier_type) values ('gonka1real', 'wallet')");
        ProgramRun refused = ProgramRun.on(database, "seed");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("1 users and nodes", "no sample data");
    }

    @Test
    void resetRequiresTwoConfirmations() {
        ProgramRun.succeed(database);
        Map<String, String> allowed = new HashMap<>(database.environment());
        allowed.put("ALLOW_RESET", "true");

        assertThat(List.of(
                        ProgramRun.on(database, "reset"),
                        ProgramRun.on(database, "reset", "--yes-drop", database.name()),
                        ProgramRun.with(allowed, "reset"),
                        ProgramRun.with(allowed, "reset", "--yes-drop", "other")))
                .allSatisfy(run -> assertThat(run.exitCode()).isEqualTo(3));
        assertThat(database.value("select count(*) from nodes")).isEqualTo("0");

        ProgramRun done = ProgramRun.with(allowed, "reset", "--yes-drop", database.name());

        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("Dropped everything in schema public of " + database.name());
        assertThat(database.value("select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        ProgramRun.succeed(database);
    }

    @Test
    void newCreatesFilePair(@TempDir Path resources) throws IOException {
        Path module = resources.resolve("db").resolve("tracker");
        Files.createDirectories(module.resolve("migration"));
        Files.createDirectories(module.resolve("undo"));

        ProgramRun run = ProgramRun.with(Map.of(), "new", "wallet labels", "--directory", resources.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("V1__wallet_labels.sql", "U1__wallet_labels.sql");
        assertThat(module.resolve("undo/U1__wallet_labels.sql")).exists();
        assertThat(ProgramRun.with(Map.of(), "new", "x", "--directory", module.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "status --what",
                "undo --to x",
                "undo --to 3 --all",
                "repair",
                "migrate --wait soon",
                "--module relay status",
                "--module all undo",
                "--module all migrate --to 1",
                "status --module nonsense",
                "new",
                "undo --to 999"
            })
    void rejectsInvalidArgumentsInOneLine(String line) {
        ProgramRun run = ProgramRun.on(TestServers.embedded().migratedDatabase(), line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("Error: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "migrate ",
                "status ",
                "version ",
                "validate ",
                "undo ",
                "repair ",
                "new ",
                "adopt ",
                "seed ",
                "reset "
            })
    void everyCommandHasHelp(String command) {
        ProgramRun run = ProgramRun.with(Map.of(), (command + "--help").split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: migrations " + command.strip()).contains("--wait");
    }

    @Test
    void reportsMissingSettingInOneLine() {
        ProgramRun run = ProgramRun.with(Map.of("DB_HOST", "localhost"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("Error: DB_DATABASE is missing");
    }
}
