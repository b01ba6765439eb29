package io.gonkapulse.migrations.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.ServerKind;
import io.gonkapulse.migrations.server.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Adopts every schema that the portal has ever had, and undoes the adoption. */
@Tag("process")
class AdoptedShapesTest {

    private static final List<String> SHAPES = List.of(
            "first_tables",
            "first_tables,own_migrations",
            "first_release",
            "first_release,first_five_migrations",
            "latest_migrations",
            "synchronised",
            "synchronised,things_of_others");

    static Stream<Arguments> shapes() {
        return Stream.of(ServerKind.values()).flatMap(kind -> SHAPES.stream().map(shape -> Arguments.of(kind, shape)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void dryRunChangesNothing(ServerKind kind, String shape) {
        TestDatabase database = createPortalDatabase(kind, shape);
        List<String> schema = SchemaDump.of(database);
        List<String> data = DataDump.of(database);

        ProgramRun run = ProgramRun.on(database, "adopt");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Dry run: nothing was changed");
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
        assertThat(DataDump.of(database)).isEqualTo(data);
        assertThat(schemas(database)).isEqualTo("public");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void undoRestoresSchemaAndRows(ServerKind kind, String shape) {
        TestDatabase database = createPortalDatabase(kind, shape);
        List<String> schema = SchemaDump.of(database);
        List<String> data = DataDump.of(database);

        ProgramRun adoption = ProgramRun.on(database, "adopt", "--yes");
        ProgramRun status = ProgramRun.on(database, "status");
        List<String> adopted = SchemaDump.of(database);
        ProgramRun plan = ProgramRun.on(database, "adopt", "--undo");
        List<String> planned = SchemaDump.of(database);
        ProgramRun undo = ProgramRun.on(database, "adopt", "--undo", "--yes");

        assertThat(adoption.err()).isEmpty();
        assertThat(status.exitCode()).isZero();
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out()).contains("Dry run: nothing was changed");
        assertThat(planned).isEqualTo(adopted);
        assertThat(undo.err()).isEmpty();
        assertThat(undo.exitCode()).isZero();
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
        assertThat(DataDump.of(database)).isEqualTo(data);
        assertThat(database.value("select to_regclass('flyway_schema_history')"))
                .isEqualTo("null");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void dryRunMatchesAdoption(ServerKind kind, String shape) {
        TestDatabase database = createPortalDatabase(kind, shape);

        ProgramRun plan = ProgramRun.on(database, "adopt");
        ProgramRun adoption = ProgramRun.on(database, "adopt", "--yes");

        assertThat(workLines(adoption)).isEqualTo(workLines(plan));
    }

    @Test
    void adoptsUsersWithoutEmail() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "latest_migrations");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(database.rows("select email, provider, telegram_id from users where email is null"))
                .containsExactly("null|telegram|4242");
        assertThat(database.value("select convalidated from pg_constraint where conname = 'chk_users_email'"))
                .isEqualTo("t");
    }

    @Test
    void resetAllowsNextAdoption() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "first_release");
        ProgramRun.on(database, "adopt", "--yes");
        ProgramRun.on(database, "adopt", "--undo", "--yes");
        ProgramRun.on(database, "adopt", "--yes");
        Map<String, String> allowed = new HashMap<>(database.environment());
        allowed.put("ALLOW_RESET", "true");

        ProgramRun reset = ProgramRun.with(allowed, "reset", "--yes-drop", database.name());

        assertThat(reset.err()).isEmpty();
        assertThat(schemas(database)).isEqualTo("public");
    }

    @Test
    void reportsLocalUsersWithoutEmail() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "latest_migrations");
        database.execute("update users set provider = 'local', password = 'hash' where email is null");

        ProgramRun run = ProgramRun.on(database, "adopt");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("email is missing", "00000000-0000-4000-8000-00000000000c");
    }

    @Test
    void firstReleaseUsersBecomeLocal() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "first_release");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("create type users_provider_enum", "add users.provider");
        assertThat(database.rows("select distinct provider from users")).containsExactly("local");
    }

    @Test
    void reportsForeignObjects() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "synchronised", "things_of_others");

        ProgramRun plan = ProgramRun.on(database, "adopt");
        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(List.of(plan, run))
                .allSatisfy(each -> assertThat(each.out())
                        .contains("Warning: Your view active_assignments cannot be recreated: column ")
                        .contains("Your view people was recreated")
                        .contains("Your view people_of_today was recreated")
                        .contains("Your materialized view requests_by_status was recreated")
                        .contains("Your index users_by_email_pattern on users was recreated")
                        .contains("Warning: Your index nodes_by_address on user_nodes cannot be recreated: column ")
                        .contains("Warning: Your index idx_users_role on users is replaced by ours of the same name")
                        .contains("Your index pending_requests on node_requests was recreated")
                        .contains(
                                "Warning: Your constraint chk_request_type on node_requests is replaced by ours of the same name")
                        .contains(
                                "Warning: Your constraint address_has_no_star on user_nodes cannot be recreated: column ")
                        .contains("Warning: Your constraint login_history_assignment_id_fkey on login_history "
                                + "cannot be recreated: column ")
                        .contains("Your trigger stamp_user on users was recreated"));
        assertThat(database.rows("select count(*) from people")).containsExactly("2");
        assertThat(database.rows("select status from requests_by_status")).containsExactly("pending");
    }

    @Test
    void undoRetainsLaterRows() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "latest_migrations");
        ProgramRun.succeed(database, "adopt", "--yes");
        database.execute("""
                insert into users (id, email, provider, google_id)
                values ('00000000-0000-4000-8000-0000000000ff', 'new@example.org', 'google', 'g-new');
                insert into user_nodes (user_id, node_id)
                select '00000000-0000-4000-8000-0000000000ff', id from nodes;
                update nodes set deleted_at = now();
                """);

        ProgramRun plan = ProgramRun.on(database, "adopt", "--undo");
        ProgramRun undo = ProgramRun.on(database, "adopt", "--undo", "--yes");

        assertThat(List.of(plan, undo)).allSatisfy(each -> {
            assertThat(each.err()).isEmpty();
            assertThat(each.out())
                    .contains("users: 3 rows restored, 4 current rows are kept in gonkapulse_undone.users")
                    .contains("user_nodes: 1 rows restored, 2 current rows are kept in "
                            + "gonkapulse_undone.user_nodes");
        });
        assertThat(database.value("select count(*) from users")).isEqualTo("3");
        assertThat(database.value("select email from gonkapulse_undone.users where google_id = 'g-new'"))
                .isEqualTo("new@example.org");
    }

    @Test
    void undoRefusesReferencesToNewUsers() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "latest_migrations");
        ProgramRun.succeed(database, "adopt", "--yes");
        database.execute("""
                create table badges (user_id uuid not null references users (id) on delete cascade);
                insert into badges select id from users;
                """);
        List<String> schema = SchemaDump.of(database);
        List<String> data = DataDump.of(database);

        ProgramRun undo = ProgramRun.on(database, "adopt", "--undo", "--yes");

        assertThat(undo.exitCode()).isEqualTo(1);
        assertThat(undo.err()).contains("badges_user_id_fkey on badges", "nothing was changed");
        assertThat(SchemaDump.of(database)).isEqualTo(schema);
        assertThat(DataDump.of(database)).isEqualTo(data);
    }

    @Test
    void refusesUndoWithoutAdoption() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "latest_migrations");

        ProgramRun live = ProgramRun.on(database, "adopt", "--undo");
        ProgramRun.succeed(database, "adopt", "--yes");
        database.execute("drop schema gonkapulse_adoption cascade");
        ProgramRun forgotten = ProgramRun.on(database, "adopt", "--undo", "--yes");

        assertThat(List.of(live, forgotten)).allSatisfy(each -> {
            assertThat(each.exitCode()).isEqualTo(3);
            assertThat(each.err()).contains("gonkapulse_adoption", "backup");
        });
    }

    @Test
    void refusesAdoptionWithoutUndo() {
        TestDatabase database = createPortalDatabase(ServerKind.NEWEST, "first_release");
        database.execute("""
                alter table users enable row level security;
                create policy all_users on users using (true);
                """);

        ProgramRun plan = ProgramRun.on(database, "adopt");
        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");
        String before = database.value("select to_regclass('flyway_schema_history')");
        ProgramRun forced = ProgramRun.on(database, "adopt", "--yes", "--without-undo");

        assertThat(List.of(plan, run)).allSatisfy(each -> {
            assertThat(each.exitCode()).isEqualTo(3);
            assertThat(each.err())
                    .contains("policy users all_users", "only a backup can restore the database", "--without-undo");
        });
        assertThat(before).isEqualTo("null");
        assertThat(forced.err()).isEmpty();
        assertThat(forced.exitCode()).isZero();
    }

    private static List<String> workLines(ProgramRun run) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith("    ") || line.startsWith("Warning: "))
                .map(line -> line.replaceFirst(" \\([0-9.,]+ ?[a-z]+\\)$", ""))
                .toList();
    }

    private static String schemas(TestDatabase database) {
        return database.value("select nspname from pg_namespace "
                + "where nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1");
    }

    private static TestDatabase createPortalDatabase(ServerKind kind, String... scripts) {
        TestDatabase database = kind.server().freshDatabase();
        for (String script : String.join(",", scripts).split(",", -1)) {
            database.execute(read("/minegnk/" + script + ".sql"));
        }
        return database;
    }

    private static String read(String resource) {
        try (InputStream stream = Objects.requireNonNull(AdoptedShapesTest.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
