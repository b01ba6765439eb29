package io.gonkapulse.migrations.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.DatabaseState;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        AdoptionCycle cycle = AdoptionCycle.of(kind, shape);

        assertThat(cycle.plan().run().err()).isEmpty();
        assertThat(cycle.plan().run().exitCode()).isZero();
        assertThat(cycle.plan().run().out()).contains("Dry run: nothing was changed");
        assertThat(cycle.plan().after()).isEqualTo(cycle.before());
        assertThat(cycle.plannedSchemas()).isEqualTo("public");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void dryRunMatchesAdoption(ServerKind kind, String shape) {
        AdoptionCycle cycle = AdoptionCycle.of(kind, shape);

        assertThat(workLines(cycle.adoption().run()))
                .isNotEmpty()
                .isEqualTo(workLines(cycle.plan().run()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void undoRestoresSchemaAndRows(ServerKind kind, String shape) {
        AdoptionCycle cycle = AdoptionCycle.of(kind, shape);

        assertThat(cycle.adoption().run().err()).isEmpty();
        assertThat(cycle.status().exitCode()).isZero();
        assertThat(cycle.undoPlan().run().err()).isEmpty();
        assertThat(cycle.undoPlan().run().out()).contains("Dry run: nothing was changed");
        assertThat(cycle.undoPlan().after()).isEqualTo(cycle.adoption().after());
        assertThat(cycle.undo().run().err()).isEmpty();
        assertThat(cycle.undo().run().exitCode()).isZero();
        assertThat(cycle.undo().after()).isEqualTo(cycle.before());
        assertThat(cycle.historyTable()).isEqualTo("null");
    }

    @Test
    void adoptsUsersWithoutEmail() {
        PostgresDatabase database = PortalDatabase.create("latest_migrations");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(database.rows("select email, provider, telegram_id from users where email is null"))
                .containsExactly("null|telegram|4242");
        assertThat(database.value("select convalidated from pg_constraint where conname = 'chk_users_email'"))
                .isEqualTo("t");
    }

    @Test
    void resetAllowsNextAdoption() {
        PostgresDatabase database = PortalDatabase.create("first_release");
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
        PostgresDatabase database = PortalDatabase.create("latest_migrations");
        database.execute("update users set provider = 'local', password = 'hash' where email is null");

        ProgramRun run = ProgramRun.on(database, "adopt");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("email is missing", "00000000-0000-4000-8000-00000000000c");
    }

    @Test
    void firstReleaseUsersBecomeLocal() {
        PostgresDatabase database = PortalDatabase.create("first_release");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("create type users_provider_enum", "add users.provider");
        assertThat(database.rows("select distinct provider from users")).containsExactly("local");
    }

    @Test
    void reportsForeignObjects() {
        PostgresDatabase database = PortalDatabase.create("synchronised,things_of_others");

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
        PostgresDatabase database = PortalDatabase.create("latest_migrations");
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
        PostgresDatabase database = PortalDatabase.create("latest_migrations");
        ProgramRun.succeed(database, "adopt", "--yes");
        database.execute("""
                create table badges (user_id uuid not null references users (id) on delete cascade);
                insert into badges select id from users;
                """);
        DatabaseState before = DatabaseState.of(database);

        ProgramRun undo = ProgramRun.on(database, "adopt", "--undo", "--yes");

        assertThat(undo.exitCode()).isEqualTo(1);
        assertThat(undo.err()).contains("badges_user_id_fkey on badges", "nothing was changed");
        assertThat(DatabaseState.of(database)).isEqualTo(before);
    }

    @Test
    void refusesUndoWithoutAdoption() {
        PostgresDatabase database = PortalDatabase.create("latest_migrations");

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
        PostgresDatabase database = PortalDatabase.create("first_release");
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

    private static String schemas(PostgresDatabase database) {
        return database.value("select nspname from pg_namespace "
                + "where nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1");
    }

    /** A run of the program and the state after it. */
    private record CycleStep(ProgramRun run, DatabaseState after) {

        static CycleStep of(PostgresDatabase database, String... arguments) {
            return new CycleStep(ProgramRun.on(database, arguments), DatabaseState.of(database));
        }
    }

    /** A dry run, an adoption and its undo. The tests of a shape share it, because it takes seconds. */
    private record AdoptionCycle(
            DatabaseState before,
            CycleStep plan,
            String plannedSchemas,
            CycleStep adoption,
            ProgramRun status,
            CycleStep undoPlan,
            CycleStep undo,
            String historyTable) {

        private static final Map<String, AdoptionCycle> CYCLES = new HashMap<>();

        static AdoptionCycle of(ServerKind kind, String shape) {
            return CYCLES.computeIfAbsent(kind + " " + shape, key -> run(PortalDatabase.create(kind, shape)));
        }

        private static AdoptionCycle run(PostgresDatabase database) {
            // Arguments are evaluated from left to right, in the order of the steps.
            return new AdoptionCycle(
                    DatabaseState.of(database),
                    CycleStep.of(database, "adopt"),
                    schemas(database),
                    CycleStep.of(database, "adopt", "--yes"),
                    ProgramRun.on(database, "status"),
                    CycleStep.of(database, "adopt", "--undo"),
                    CycleStep.of(database, "adopt", "--undo", "--yes"),
                    database.value("select to_regclass('flyway_schema_history')"));
        }
    }
}
