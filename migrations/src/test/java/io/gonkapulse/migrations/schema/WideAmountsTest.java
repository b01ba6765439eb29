package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** V16 on a database with data. */
@Tag("process")
class WideAmountsTest {

    private static final int BEFORE = 15;
    private static final String VERSION = "16";

    /** A changed file number means that the table or index was rewritten. */
    private static final String FILES = """
            select relname || ' ' || pg_relation_filenode(oid)
              from pg_class
             where oid in ('node_stats_cache'::regclass, 'earnings_history'::regclass, 'node_earnings'::regclass)
                or oid in (
                   select indexrelid
                     from pg_index
                    where indrelid in ('node_stats_cache'::regclass, 'earnings_history'::regclass))
             order by 1
            """;

    private static final String PORTAL_ROWS = """
            select concat_ws(' ', identifier, earnings_day, earnings_total)
              from portal_view
             order by identifier
            """;

    private final PostgresDatabase database = TestServers.embedded().databaseAtVersion(BEFORE);

    @BeforeEach
    void insertRows() {
        database.execute("""
                insert into nodes (identifier, identifier_type) values ('a', 'wallet'), ('b', 'wallet'), ('c', 'wallet');
                insert into node_stats_cache (node_id, earnings_day, earnings_total)
                select id, 1.5, 123456789012.12345678 from nodes;
                insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, source)
                select id, day, 2.5, 2500000000, 'portal'
                  from nodes, unnest(array['2026-03-01', '2026-03-02', '2026-03-03']::date[]) day;
                """);
    }

    @Test
    void widensColumnsWithoutRewrite() {
        List<String> before = database.rows(FILES);

        ProgramRun.succeed(database, "migrate", "--to", VERSION);

        assertThat(before).hasSizeGreaterThan(6);
        assertThat(database.rows(FILES)).isEqualTo(before);
        database.execute("""
                update node_stats_cache
                   set earnings_total = 123456789012345678901234567890.12345678,
                       earnings_day = -123456789012345678901234567890.12345678;
                update earnings_history
                   set earnings_gnk = 1000000000000,
                       earnings_ngonka = 1000000000000000000000
                """);
    }

    @Test
    void recreatesViewsWithGrantsAndComments() {
        database.execute("""
                create view portal_view with (security_barrier = true) as
                select identifier, earnings_day, earnings_total from current_node_stats;
                comment on view portal_view is 'the portal''s';
                comment on column portal_view.earnings_day is 'its column';
                do $$
                begin
                    create role a_view_reader;
                exception
                    when duplicate_object then null;
                end
                $$;
                grant select on portal_view to a_view_reader with grant option;
                grant select (email) on user_node_overview to a_view_reader;
                """);
        List<String> shown = database.rows(PORTAL_ROWS);

        ProgramRun.succeed(database, "migrate", "--to", VERSION);

        assertThat(database.rows(PORTAL_ROWS)).isEqualTo(shown).hasSize(3);
        assertPortalViewIsComplete();
        ProgramRun.succeed(database, "undo");
        assertThat(database.rows(PORTAL_ROWS)).isEqualTo(shown);
        assertPortalViewIsComplete();
        database.execute("drop view portal_view; drop owned by a_view_reader");
    }

    private void assertPortalViewIsComplete() {
        assertThat(database.value(
                        "select has_table_privilege('a_view_reader', 'portal_view', 'select with grant option')"))
                .isEqualTo("t");
        assertThat(database.value(
                        "select has_column_privilege('a_view_reader', 'user_node_overview', 'email', 'select')"))
                .isEqualTo("t");
        assertThat(database.value("select has_table_privilege('a_view_reader', 'user_node_overview', 'select')"))
                .isEqualTo("f");
        assertThat(database.value("select reloptions from pg_class where relname = 'portal_view'"))
                .isEqualTo("{security_barrier=true}");
        assertThat(database.rows("select description from pg_description where objoid = 'portal_view'::regclass"))
                .containsExactlyInAnyOrder("the portal's", "its column");
    }

    @Test
    void refusesMaterializedViews() {
        database.execute("create materialized view portal_sums as select sum(earnings_gnk) from earnings_history");

        ProgramRun run = ProgramRun.on(database, "migrate", "--to", VERSION);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Materialized views", "public.portal_sums");
        assertThat(database.value("select count(*) from current_node_stats")).isEqualTo("3");
    }

    @Test
    void keepsAdoptedDays() {
        database.execute("""
                insert into node_earnings (node_id, total) select id, 7500000000 from nodes where identifier <> 'c';
                insert into earnings_ledger (node_id, epoch, day, observed_at)
                select id, 5, '2026-03-03', now() from nodes where identifier = 'a';
                insert into epoch_settlements (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded,
                       claim, approximate, settled_at, observed_at)
                select id, 4, 0, 0, 0, 0, 0, 0, 'claimed', false, '2026-03-02 10:00+00', now()
                  from nodes where identifier = 'a';
                """);

        ProgramRun.succeed(database, "migrate", "--to", VERSION);

        assertThat(database.rows("""
                select identifier, date, earnings_gnk, earnings_ngonka, inferences, state, source
                  from adopted_earnings join nodes on id = node_id order by 1, 2
                """))
                .containsExactly(
                        "a|2026-03-01|2.50000000|2500000000|0|provisional|portal",
                        "b|2026-03-01|2.50000000|2500000000|0|provisional|portal",
                        "b|2026-03-02|2.50000000|2500000000|0|provisional|portal",
                        "b|2026-03-03|2.50000000|2500000000|0|provisional|portal");
        assertThat(database.rows("""
                select identifier, ledger_from from node_earnings join nodes on id = node_id order by 1
                """)).containsExactly("a|2026-03-02", "b|infinity");
    }

    @Test
    void undoRefusesWideAmounts() {
        ProgramRun.succeed(database, "migrate", "--to", VERSION);
        database.execute("""
                update node_stats_cache set earnings_total = 1000000000000
                 where node_id = (select id from nodes where identifier = 'b')
                """);

        ProgramRun run = ProgramRun.on(database, "undo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("numeric(20, 8) holds 12 digits", "amounts with more: b");
        database.execute("update node_stats_cache set earnings_total = 999999999999.99999999");
        ProgramRun.succeed(database, "undo");
    }
}
