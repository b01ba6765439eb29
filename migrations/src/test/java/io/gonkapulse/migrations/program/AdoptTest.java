package io.gonkapulse.migrations.program;

import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.DatabaseState;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.ServerKind;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
class AdoptTest {

    @ParameterizedTest
    @EnumSource
    void adoptsFirstThreeTables(ServerKind kind) {
        PostgresDatabase database = PortalDatabase.create(kind, "first_tables");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Recognised: the first three tables only")
                .contains("table users: 3 rows compared, all present")
                .contains("(processed by \"former employee\")")
                .contains("Warning: Some rows of users violate chk_users_local_password")
                .contains("is at version " + NEWEST);
        assertThat(ProgramRun.on(database, "status").exitCode()).isZero();
        assertThat(ProgramRun.on(database, "validate").exitCode()).isZero();
        assertThat(ProgramRun.on(database).out()).contains("nothing to do");
        assertThat(rowsOfUsers(database)).containsExactly(USERS);
        assertThat(assignments(database)).containsExactly(ASSIGNMENTS);
        assertThat(requests(database)).containsExactly(REQUESTS);
        assertThat(database.rows("select node_id is not null, colour from user_nodes order by colour nulls last"))
                .containsExactly("t|grey", "t|red", "t|null");
    }

    @ParameterizedTest
    @EnumSource
    void adoptsDatabaseAfterPortalMigrations(ServerKind kind) {
        PostgresDatabase database = PortalDatabase.create(kind, "first_tables,own_migrations");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("after MineGNK's own first migrations");
        assertThat(ProgramRun.on(database, "status").exitCode()).isZero();
        assertThat(rowsOfUsers(database)).containsExactly(USERS);
        assertThat(assignments(database)).containsExactly(ASSIGNMENTS);
        assertThat(requests(database)).containsExactly(REQUESTS);
        assertThat(
                        database.rows(
                                "select right(id::text, 2), identifier, display_name, gpu_type, gcore_instance_id, region, "
                                        + "created_at at time zone 'UTC', rack from nodes where id::text like '%000d_' order by 1"))
                .containsExactly(
                        "d1|gonka1active|Known before|H100|i-1|Tokyo|2024-12-31 23:59:59|7",
                        "d2|gonkavaloper1other|null|null|null|null|2025-01-01 00:00:00|null");
        assertThat(database.rows("select earnings_gnk, earnings_ngonka, state, source, created_at at time zone 'UTC' "
                        + "from earnings_history order by date"))
                .containsExactly(
                        "123456789012.12345678|123456789012123456780|provisional|hyperfusion|2025-06-30 00:10:00",
                        "0.00000000|0|provisional|null|null");
        assertThat(database.rows("select status, earnings_day, fetched_at at time zone 'UTC' from node_stats_cache"))
                .containsExactly("healthy|1.23456789|2025-06-30 12:34:56");
        assertThat(database.rows("select * from audit_log order by 1"))
                .containsExactly(
                        "2025-01-01 00:00:00|00000000-0000-4000-8000-00000000000a|{\"signed\": \"in\"}",
                        "null|null|null");
        assertThat(database.rows("select count(*) from migrations")).containsExactly("5");
    }

    @Test
    void adoptedSchemaMatchesMigratedSchema() {
        PostgresDatabase made = TestServers.embedded().migratedDatabase();
        PostgresDatabase adopted = PortalDatabase.create("first_tables");
        adopted.execute("delete from users where email = 'no-password@example.com'");
        ProgramRun.succeed(adopted, "adopt", "--yes");

        List<String> expected =
                SchemaDump.of(made).stream().map(AdoptTest::withoutPosition).toList();
        List<String> found =
                SchemaDump.of(adopted).stream().map(AdoptTest::withoutPosition).toList();

        assertThat(found).containsAll(expected);
        assertThat(found.stream().filter(line -> !expected.contains(line)).filter(line -> !line.startsWith("routine ")))
                .allMatch(line -> line.contains("avatarUrl") || line.contains("colour"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_tables", "first_tables,own_migrations"})
    void dryRunReportsWithoutChanges(String scripts) {
        PostgresDatabase database = PortalDatabase.create(scripts);
        DatabaseState before = DatabaseState.of(database);

        ProgramRun run = ProgramRun.on(database, "adopt");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("rename users.\"googleId\" to google_id")
                .contains("change user_nodes.created_at from timestamp without time zone to timestamp with time zone")
                .contains("rename constraint UQ_97672ac88f789774dd47f7c8be3 to users_email_key")
                .contains("apply V7 assignments name nodes")
                .contains("Dry run: nothing was changed");
        assertThat(DatabaseState.of(database)).isEqualTo(before);
        assertThat(database.value("select to_regclass('flyway_schema_history')"))
                .isEqualTo("null");
    }

    @Test
    void addsMissingEnumValue() {
        PostgresDatabase database = TestServers.embedded().freshDatabase();
        database.execute(PortalDatabase.script("first_tables").replace("'google', 'github')", "'google')"));

        ProgramRun plan = ProgramRun.on(database, "adopt");
        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(plan.out()).contains("add github to type users_provider_enum");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(rowsOfUsers(database)).containsExactly(USERS);
        assertThat(database.value("select enum_range(null::users_provider_enum)"))
                .isEqualTo("{local,google,github}");
        database.execute("insert into users (email, provider, github_id) values ('d@example.com', 'github', '17')");
    }

    @Test
    void convertsTimesFromGivenZone() {
        PostgresDatabase database = PortalDatabase.create("first_tables");

        ProgramRun.succeed(database, "adopt", "--yes", "--time-zone", "Europe/Moscow");

        assertThat(database.value("select created_at at time zone 'UTC' from users where name like 'Bob%'"))
                .isEqualTo("2025-02-01 20:30:00");
    }

    @Test
    void migrateRefusesPortalDatabase() {
        PostgresDatabase database = PortalDatabase.create("first_tables");

        ProgramRun run = ProgramRun.on(database, "migrate");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("node_requests, user_nodes, users", "run adopt");
        assertThat(database.value("select to_regclass('migration_steps')")).isEqualTo("null");
    }

    @Test
    void refusesUnknownSchema() {
        PostgresDatabase database = PortalDatabase.create("first_tables,own_migrations");
        database.execute("drop table earnings_history; alter table users drop column email");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");
        ProgramRun empty = ProgramRun.on(TestServers.embedded().freshDatabase(), "adopt");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("Missing: users.email, table earnings_history", "Found: ", "audit_log[");
        assertThat(empty.exitCode()).isEqualTo(3);
        assertThat(empty.err()).contains("for an empty database, run migrate");
    }

    @Test
    void reportsRowsThatDoNotFit() {
        PostgresDatabase database = PortalDatabase.create("first_tables");
        database.execute("update user_nodes set label = repeat('y', 256) where node_address = 'gonka1inactive'");
        List<String> data = DataDump.of(database);

        ProgramRun plan = ProgramRun.on(database, "adopt");
        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(List.of(plan, run)).allSatisfy(each -> {
            assertThat(each.exitCode()).isEqualTo(1);
            assertThat(each.err())
                    .contains(
                            "label is longer than 255 characters",
                            "00000000-0000-4000-8000-0000000000a2",
                            "nothing was changed");
        });
        assertThat(DataDump.of(database)).isEqualTo(data);
    }

    @Test
    void detectsTriggersThatChangeRows() {
        PostgresDatabase database = PortalDatabase.create("first_tables");
        database.execute("""
                create function touch() returns trigger language plpgsql as
                $$ begin new.message := 'touched'; return new; end $$;
                create trigger touch before update on node_requests for each row execute function touch();
                """);
        DatabaseState before = DatabaseState.of(database);

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("node_requests 00000000-0000-4000-8000-0000000000c1", "triggers");
        assertThat(DatabaseState.of(database)).isEqualTo(before);
    }

    @Test
    void undoStopsAtAdoptedVersion() {
        PostgresDatabase database = PortalDatabase.create("first_tables,own_migrations");
        ProgramRun.succeed(database, "adopt", "--yes");

        ProgramRun all = ProgramRun.on(database, "undo", "--all");
        ProgramRun back = ProgramRun.on(database, "undo", "--to", "6");

        assertThat(all.exitCode()).isEqualTo(3);
        assertThat(all.err()).contains("undo --to 6");
        assertThat(back.err()).isEmpty();
        assertThat(
                        database.rows(
                                "select node_address, colour, label is null from user_nodes order by node_address collate \"C\""))
                .containsExactly("GONKA1UPPER|null|f", "gonka1active|red|f", "gonka1inactive|grey|t");
        assertThat(database.rows("select gpu_type, processed_by from node_requests order by id"))
                .containsExactly("3080|alice@example.com", "H200|former employee", "4090|null");
        ProgramRun.succeed(database);
        assertThat(assignments(database)).containsExactly(ASSIGNMENTS);
    }

    private static final String[] USERS = {
        "a|alice@example.com|$2b$10$hash|null|https://example.com/a.png|admin|local|null|t|2025-01-01 10:00:00|"
                + "2025-06-01 10:00:00.123456|USD",
        "b|bob@example.com|null|Bob 'B' \"Builder\"|null|user|google|g-17|f|2025-02-01 23:30:00|2025-02-01 23:30:00|USD",
        "c|no-password@example.com|null|null|null|user|local|null|t|2025-03-01 00:00:00|2025-03-01 00:00:00|USD"
    };

    private static final String[] ASSIGNMENTS = {
        "b|GONKA1UPPER|5||t|2025-04-05 00:00:00",
        "a|gonka1active|255|line one\nline two|t|2025-04-01 01:02:03",
        "a|gonka1inactive|null|null|f|2025-04-03 00:00:00"
    };

    private static final String[] REQUESTS = {
        "c1|3080|2|approved|a|alice@example.com|2025-05-01 12:00:00|new_node",
        "c2|H200|1|rejected|null|former employee|2025-05-02 12:00:00|new_node",
        "c3|4090|1|pending|null|null|null|new_node"
    };

    private static List<String> rowsOfUsers(PostgresDatabase database) {
        return database.rows("""
                select right(id::text, 1), email, password, name, "avatarUrl", role, provider, google_id, is_active,
                       created_at at time zone 'UTC', updated_at at time zone 'UTC', currency_preference
                  from users
                 order by id
                """);
    }

    private static List<String> assignments(PostgresDatabase database) {
        return database.rows("""
                select right(user_id::text, 1), identifier, length(label), notes, is_active, assigned_at at time zone 'UTC'
                  from user_nodes
                  join nodes on nodes.id = node_id
                 order by identifier collate "C"
                """);
    }

    private static List<String> requests(PostgresDatabase database) {
        return database.rows("""
                select right(id::text, 2), gpu_type, gpu_count, status, right(processed_by::text, 1), processed_by_original,
                       processed_at at time zone 'UTC', type
                  from node_requests
                 order by id
                """);
    }

    /** Unknown columns shift the positions of ours. */
    private static String withoutPosition(String line) {
        return line.replaceFirst("^(column \\S+) \\d+ ", "$1 ");
    }
}
