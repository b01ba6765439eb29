package io.gonkapulse.migrations.schema;

import static io.gonkapulse.migrations.server.TrackerMigrations.NEWEST;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.PostgresServer;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SchemaDump;
import io.gonkapulse.migrations.server.ServerKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group roles belong to the server, which other tests share: no test may expect a role to be absent. */
@Tag("process")
class RolesTest {

    @ParameterizedTest
    @EnumSource
    void readerCannotWriteOrReadPasswords(ServerKind kind) {
        PostgresDatabase database = seeded(kind);
        PostgresDatabase reader = login(kind.server(), database, "a_reader", "gonkapulse_reader");

        assertThat(reader.value("select count(*) from nodes")).isEqualTo("12");
        assertThat(reader.value("select count(*) from users")).isEqualTo("3");
        assertThat(reader.rows("select label, status from user_node_overview")).hasSize(8);
        assertThat(reader.rows("select epoch from running_epoch")).hasSize(1);
        assertThat(reader.rows("select * from epoch_calendar")).isEmpty();
        assertThat(reader.value("select max(version::int) from flyway_schema_history"))
                .isEqualTo(String.valueOf(NEWEST));
        for (String forbidden : List.of(
                "select password from users",
                "select * from users",
                "update nodes set region = ''",
                "insert into nodes (identifier, identifier_type) values ('x', 'wallet')",
                "delete from earnings_history",
                "truncate trackers",
                "create table public.mine (id int)",
                "call grant_gonkapulse_rights()")) {
            assertThatThrownBy(() -> reader.execute(forbidden)).as(forbidden).hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void writerCannotAccessUsers(ServerKind kind) {
        PostgresDatabase database = seeded(kind);
        PostgresDatabase writer = login(kind.server(), database, "a_writer", "gonkapulse_writer");

        writer.execute("""
                insert into nodes (identifier, identifier_type) values ('gonka1written', 'wallet');
                update node_stats_cache set status = 'jailed';
                delete from earnings_history;
                insert into consumer_offsets values ('g', 't', 0, 1);
                create temporary table shadow (id int);
                """);
        for (String forbidden : List.of(
                "select email from users",
                "update users set name = ''",
                "select notes from user_nodes",
                "delete from node_requests",
                "delete from nodes",
                "select * from user_node_overview",
                "alter table nodes add column x int",
                "create table public.mine (id int)")) {
            assertThatThrownBy(() -> writer.execute(forbidden))
                    .as(forbidden)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    @ParameterizedTest
    @EnumSource
    void statsWriterWritesOnlyItsTables(ServerKind kind) {
        PostgresDatabase stats = login(kind.server(), seeded(kind), "a_stats_writer", "gonkapulse_stats_writer");

        stats.execute("""
                insert into nodes (identifier, identifier_type) values ('gonka1stats', 'wallet');
                update nodes set display_name = 'x', gpu_type = 'y';
                update node_stats_cache set status = 'jailed', uptime_percent = 1;
                delete from node_health_hourly;
                delete from tracker_polls;
                insert into node_daily select id, '2026-03-10', 1, 2 from nodes, running_epoch;
                insert into network_daily (day, inferences)
                select daily.date, sum(history.inferences)
                  from earnings_daily daily
                  join earnings_history history using (date)
                 where daily.days > 0
                 group by 1;
                """);
        for (String forbidden : List.of(
                "update node_stats_cache set earnings_day = 0",
                "update node_stats_cache set earnings_date = null",
                "update node_stats_cache set earnings_total_ngonka = 0",
                "select earnings_ngonka from earnings_history",
                "select * from epoch_totals",
                "insert into node_stats_cache (node_id, earnings_date) select id, current_date from nodes",
                "insert into earnings_history (node_id, date) select id, current_date from nodes",
                "update node_earnings set total = 0",
                "delete from earnings_ledger",
                "select * from epoch_settlements",
                "update nodes set identifier = 'x'")) {
            assertDenied(stats, forbidden);
        }
        assertServiceRights(stats);
    }

    @ParameterizedTest
    @EnumSource
    void aggregatorWritesOnlyItsTables(ServerKind kind) {
        PostgresDatabase earnings =
                login(kind.server(), seeded(kind), "an_aggregator", "gonkapulse_earnings_aggregator");

        earnings.execute("""
                insert into nodes (id, identifier, identifier_type) values (gen_random_uuid(), 'gonka1earns', 'wallet');
                update node_stats_cache
                   set earnings_date = '2026-03-10', earnings_day = 0, earnings_day_ngonka = 0, earnings_total = 0,
                       earnings_total_ngonka = 0, jobs_day = 0;
                delete from epoch_settlements;
                delete from epoch_totals;
                delete from reward_daily;
                delete from settlement_ranks;
                update unranked_epochs set changed_at = now();
                delete from unranked_epochs;
                delete from earnings_history;
                delete from earnings_ledger;
                create temporary table shadow (like earnings_history including all);
                """);
        for (String forbidden : List.of(
                "update node_stats_cache set status = 'healthy'",
                "insert into node_stats_cache (node_id) select id from nodes",
                "delete from node_health_hourly",
                "select * from node_daily",
                "insert into unranked_epochs values (1, now())",
                "update trackers set owner = ''",
                "update nodes set display_name = 'x'")) {
            assertDenied(earnings, forbidden);
        }
        assertServiceRights(earnings);
    }

    /** No service may read the portal's tables, delete nodes or change the schema. */
    private static void assertServiceRights(PostgresDatabase service) {
        for (String forbidden : List.of(
                "select email from users",
                "update users set name = ''",
                "select notes from user_nodes",
                "delete from node_requests",
                "delete from nodes",
                "delete from consumer_offsets",
                "truncate node_stats_cache",
                "alter table nodes add column x int",
                "create table public.mine (id int)",
                "call grant_gonkapulse_service_rights()")) {
            assertDenied(service, forbidden);
        }
    }

    private static void assertDenied(PostgresDatabase login, String forbidden) {
        assertThatThrownBy(() -> login.execute(forbidden))
                .as("%s: %s", login.user(), forbidden)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @ParameterizedTest
    @EnumSource
    void readerReadsTablesCreatedLater(ServerKind kind) {
        PostgresDatabase database = seeded(kind);
        PostgresDatabase owner = login(kind.server(), database, "an_owner", "gonkapulse_owner");
        PostgresDatabase reader = login(kind.server(), database, "a_reader", "gonkapulse_reader");

        owner.execute("alter table nodes add column colour text");
        owner.execute("set role gonkapulse_owner; create table later (id int)");
        database.execute("create table latest (id int)");

        assertThat(reader.value("select count(*) from later")).isEqualTo("0");
        assertThat(reader.value("select count(*) from latest")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void migratesWithoutSuperuser(ServerKind kind) {
        PostgresServer server = kind.server();
        dropUnusedRoles(server);
        PostgresDatabase database = server.freshDatabase();
        server.execute("create role a_builder login createrole");
        server.execute("alter database " + database.name() + " owner to a_builder");
        List<String> empty = SchemaDump.of(database);

        ProgramRun up = ProgramRun.on(database.as("a_builder"));
        ProgramRun down = ProgramRun.on(database.as("a_builder"), "undo", "--all");

        assertThat(up.err()).isEmpty();
        assertThat(up.exitCode()).isZero();
        assertThat(down.err()).isEmpty();
        assertThat(down.exitCode()).isZero();
        assertThat(SchemaDump.of(database)).isEqualTo(empty);
    }

    @ParameterizedTest
    @EnumSource
    void migratesWithoutCreateRolePrivilege(ServerKind kind) {
        PostgresServer server = kind.server();
        dropUnusedRoles(server);
        PostgresDatabase database = server.freshDatabase();
        server.execute("create role a_plain_owner login");
        server.execute("alter database " + database.name() + " owner to a_plain_owner");

        ProgramRun run = ProgramRun.on(database.as("a_plain_owner"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Warning: Went on without group roles", "call public.grant_gonkapulse_rights()")
                .contains(NEWEST + " migrations");
        server.execute("create role gonkapulse_owner; create role gonkapulse_writer; create role gonkapulse_reader");
        database.execute("call public.grant_gonkapulse_rights()");
        PostgresDatabase reader = login(server, database, "a_reader", "gonkapulse_reader");
        assertThat(reader.value("select count(*) from nodes")).isEqualTo("0");
        PostgresDatabase writer = login(server, database, "a_writer", "gonkapulse_writer");
        for (String table : List.of(
                "node_earnings",
                "tracker_coverage",
                "earnings_daily",
                "adopted_earnings",
                "node_earning_days",
                "earning_node_counts",
                "node_daily",
                "network_daily",
                "epoch_totals",
                "reward_daily",
                "settlement_ranks",
                "unranked_epochs")) {
            writer.execute("delete from " + table);
        }
        assertThat(ProgramRun.on(database.as("a_plain_owner"), "undo", "--all").err())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void auditMigratesWithoutCreateRolePrivilege(ServerKind kind) {
        PostgresServer server = kind.server();
        dropUnusedRoles(server);
        PostgresDatabase database = server.freshDatabase();
        server.execute("create role a_plain_owner login");
        server.execute("alter database " + database.name() + " owner to a_plain_owner");

        ProgramRun run = ProgramRun.on(database.as("a_plain_owner"), "migrate", "--module", "audit");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Warning: Went on without the roles of job audit", "audit.grant_job_rights()");
        server.execute("create role gonkapulse_job_recorder; create role gonkapulse_reader");
        database.execute("call audit.grant_job_rights()");
        login(server, database, "a_recorder", "gonkapulse_job_recorder").execute("delete from audit.jobs");
        assertThat(ProgramRun.on(database.as("a_plain_owner"), "undo", "--all", "--module", "audit")
                        .err())
                .isEmpty();
    }

    /** U15 creates both views again. */
    @ParameterizedTest
    @EnumSource
    void undoKeepsViewGrants(ServerKind kind) {
        PostgresDatabase database = seeded(kind);
        PostgresDatabase portal = login(kind.server(), database, "a_portal", "gonkapulse_writer");
        database.execute("grant select on user_node_overview to a_portal with grant option");

        ProgramRun.succeed(database, "undo", "--to", "14");

        assertThat(portal.value("select count(*) from user_node_overview")).isEqualTo("8");
        assertThat(portal.value("select has_table_privilege('user_node_overview', 'select with grant option')"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @EnumSource
    void undoKeepsRolesOfOtherDatabases(ServerKind kind) {
        PostgresDatabase one = seeded(kind);
        PostgresDatabase two = seeded(kind);
        PostgresDatabase reader = login(kind.server(), two, "a_reader", "gonkapulse_reader");

        ProgramRun run = ProgramRun.on(one, "undo", "--to", "9");

        assertThat(run.out()).contains("Role gonkapulse_reader stays");
        assertThat(reader.value("select count(*) from nodes")).isEqualTo("12");
        assertThatThrownBy(() -> one.as("a_reader").execute("select * from nodes"))
                .hasMessageContaining("denied");
    }

    /** Migrates, because a copy would lack the rights on the database itself. */
    private static PostgresDatabase seeded(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database);
        ProgramRun.succeed(database, "seed");
        return database;
    }

    private static PostgresDatabase login(PostgresServer server, PostgresDatabase database, String name, String group) {
        return server.login(database, name, group);
    }

    /** A role cannot be dropped while it has rights in any database; dropping those databases would cost a checkpoint each. */
    private static void dropUnusedRoles(PostgresServer server) {
        PostgresDatabase catalog = server.database("postgres");
        List<String> roles = catalog.rows("select rolname from pg_roles where rolname ~ '^(an?_|gonkapulse_)'");
        String releaseAll = roles.stream()
                .map(role -> "reassign owned by " + role + " to postgres; drop owned by " + role + ";")
                .collect(joining());
        for (String database : catalog.rows("select datname from pg_database where datname like 'fresh%'")) {
            server.database(database).execute(releaseAll);
        }
        roles.forEach(role -> server.execute("drop role " + role));
        // Their rights in the databases that are copied went with them.
        server.forgetMigratedDatabases();
    }
}
