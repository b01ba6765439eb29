package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes the history in every possible way and compares the derived counts with its days. */
@Tag("process")
class EarningNodeCountsTest {

    private static final int NODES = 5;
    private static final int DAYS = 140;
    private static final int STATEMENTS = 250;

    private static final String DERIVED_COUNTS = """
            select date, days_since, nodes
              from earning_node_counts
             where nodes <> 0
             order by 1, 2
            """;

    private static final String COUNTS_OF_DAYS = """
            select date, days_since, count(*)
              from (select date,
                           least(31, coalesce(date - lag(date) over (partition by node_id order by date), 31))
                               as days_since
                      from earnings_history
                     where coalesce(earnings_ngonka, earnings_gnk) > 0
                       and isfinite(date)) day
             group by 1, 2
             order by 1, 2
            """;

    private static final String DERIVED_DAYS = """
            select node_id, date '4714-11-24 BC' + block * 31 + number as date
              from node_earning_days, generate_series(0, 30) number
             where days >> number & 1 = 1
             order by 1, 2
            """;

    private static final String EARNING_DAYS = """
            select node_id, date
              from earnings_history
             where coalesce(earnings_ngonka, earnings_gnk) > 0
               and isfinite(date)
             order by 1, 2
            """;

    /** Earning nodes of a range, as the API queries them: range, count from the derived table, count from the history. */
    private static final String NODES_OF_RANGES = """
            select range.first,
                   range.last,
                   (select coalesce(sum(nodes), 0)
                      from earning_node_counts
                     where date between range.first and range.last
                       and days_since > date - range.first) as derived,
                   (select count(distinct node_id)
                      from earnings_history
                     where date between range.first and range.last
                       and coalesce(earnings_ngonka, earnings_gnk) > 0) as counted
              from (select date '2026-01-01' + first as first,
                           date '2026-01-01' + first + length as last
                      from generate_series(-5, 145) first, generate_series(0, 30) length) range
            """;

    private final Random random = new Random(16);

    @ParameterizedTest
    @EnumSource
    void countsMatchDaysAfterEveryCommit(ServerKind kind) throws SQLException {
        PostgresDatabase database = kind.server().databaseAtVersion(15);
        database.execute("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1n' || number, 'wallet' from generate_series(1, " + NODES + ") number");
        try (Connection connection = database.connect()) {
            rows(connection, "select setseed(0.16), 1");
            change(connection, 40);
            ProgramRun.succeed(database);
            assertConsistent(connection, "the migration");
            for (int number = 0; number < STATEMENTS; number++) {
                String statement = statement();
                run(connection, statement);
                assertConsistent(connection, statement);
            }
            assertThat(rows(connection, "select * from (" + NODES_OF_RANGES + ") range where derived <> counted"))
                    .isEmpty();
            assertThat(rows(connection, EARNING_DAYS)).hasSizeGreaterThan(50);
            run(connection, "delete from nodes where identifier in ('gonka1n1', 'gonka1n2')");
            assertConsistent(connection, "deletion of nodes");
            run(connection, "truncate earnings_history");
            assertConsistent(connection, "truncation");
            assertThat(rows(connection, "select * from node_earning_days")).isEmpty();
        }
    }

    /** A repeatable read that would count with outdated blocks fails. */
    @ParameterizedTest
    @EnumSource
    void rejectsStaleRepeatableRead(ServerKind kind) throws SQLException {
        PostgresDatabase database = kind.server().migratedDatabase();
        database.execute("insert into nodes (identifier, identifier_type) values ('gonka1n1', 'wallet')");
        String insert = "insert into earnings_history (node_id, date, earnings_gnk) select id, date '%s', 1 from nodes";
        try (Connection old = database.connect();
                Connection recent = database.connect()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            rows(old, "select count(*), 1 from nodes");
            run(recent, insert.formatted("2026-03-01"));

            String outcome = "accepted";
            try {
                run(old, insert.formatted("2026-03-25"));
                old.commit();
            } catch (SQLException e) {
                outcome = e.getSQLState();
                old.rollback();
            }
            assertThat(outcome).isEqualTo("40001");
            assertConsistent(recent, "both inserts");
        }
    }

    private void change(Connection connection, int times) throws SQLException {
        for (int number = 0; number < times; number++) {
            run(connection, statement());
        }
    }

    private String statement() {
        return switch (random.nextInt(9)) {
            case 0 ->
                "insert into earnings_history (node_id, date, earnings_gnk) select id, " + day() + ", " + amount()
                        + " from nodes where random() < 0.7 on conflict do nothing";
            case 1 ->
                "insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka) select id, " + day()
                        + " + number * " + (1 + random.nextInt(20))
                        + ", 0.00000001, 7 from nodes, generate_series(0, 12) number "
                        + "where random() < 0.5 on conflict (node_id, date) do update set earnings_gnk = 0, earnings_ngonka = 0";
            case 2 -> "delete from earnings_history where random() < 0.15";
            case 3 -> "delete from earnings_history where date = " + day();
            case 4 ->
                "update earnings_history set earnings_gnk = " + amount()
                        + ", earnings_ngonka = null where random() < 0.3";
            case 5 -> moveDays(random.nextInt(121) - 60);
            case 6 -> "update earnings_history set earnings_gnk = -earnings_gnk, earnings_ngonka = -earnings_ngonka";
            case 7 ->
                "insert into earnings_history (node_id, date, earnings_gnk) select id, 'infinity', 1 from nodes "
                        + "on conflict do nothing";
            default -> deleteInsertAndUpdate();
        };
    }

    private static String moveDays(int by) {
        return "update earnings_history history set date = date + (" + by + ") where random() < 0.3 and isfinite(date) "
                + "and not exists (select from earnings_history other where other.node_id = history.node_id "
                + "and other.date = history.date + (" + by + "))";
    }

    /** As the aggregator does it: the triggers of all parts see the final state of the statement. */
    private String deleteInsertAndUpdate() {
        String day = day();
        return "with removed as (delete from earnings_history where date between " + day + " and " + day + " + "
                + random.nextInt(40) + " and random() < 0.5 returning node_id, date) "
                + "insert into earnings_history (node_id, date, earnings_gnk) select id, " + day
                + " + number, (random() * 2)::integer from nodes, generate_series(0, 39) number where random() < 0.3 "
                + "and not exists (select from removed where removed.node_id = nodes.id and removed.date = " + day
                + " + number) on conflict (node_id, date) do update set earnings_gnk = excluded.earnings_gnk - 1, "
                + "earnings_ngonka = null";
    }

    private String day() {
        return "date '2026-01-01' + " + random.nextInt(DAYS);
    }

    private int amount() {
        return random.nextInt(3) - 1;
    }

    private static void assertConsistent(Connection connection, String after) throws SQLException {
        assertThat(rows(connection, DERIVED_COUNTS)).as(after).isEqualTo(rows(connection, COUNTS_OF_DAYS));
        assertThat(rows(connection, DERIVED_DAYS)).as(after).isEqualTo(rows(connection, EARNING_DAYS));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1) + " " + row.getString(2)
                        + (row.getMetaData().getColumnCount() > 2 ? " " + row.getString(3) : ""));
            }
            return found;
        }
    }
}
