package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loads 1,000 nodes with 365 days each: checks table sizes and that queries need no redundant index. */
@Tag("process")
class YearOfEarningsTest {

    private static final String NODE = "(select id from nodes where identifier = 'gonka1year0500')";

    private static final List<String> QUERIES = List.of(
            "select * from nodes where identifier = 'gonka1year0500'",
            "select * from earnings_history where node_id = " + NODE + " order by date desc limit 30",
            "select * from earnings_history where node_id = " + NODE
                    + " and date between date '2025-03-01' and date '2025-03-30' order by date",
            "select max(date) from earnings_history where node_id = " + NODE);

    @Test
    void queriesStayFastWithoutRedundantIndexes() throws IOException {
        PostgresDatabase database = TestServers.embedded().databaseAtVersion(8);
        load(database);
        List<String> plansBefore =
                QUERIES.stream().map(query -> plan(database, query)).toList();
        List<Integer> pagesBefore =
                QUERIES.stream().map(query -> pages(database, query)).toList();
        long before = size(database, "pg_total_relation_size('earnings_history')");

        ProgramRun.succeed(database);
        database.execute("vacuum analyze");
        List<Integer> pagesAfter =
                QUERIES.stream().map(query -> pages(database, query)).toList();
        long after = size(database, "pg_total_relation_size('earnings_history')");
        report(database, before, plansBefore);

        for (int query = 0; query < QUERIES.size(); query++) {
            assertThat(plan(database, QUERIES.get(query)))
                    .as(QUERIES.get(query))
                    .contains("Index")
                    .doesNotContain("Seq Scan");
            assertThat(pagesAfter.get(query))
                    .as("pages read by " + QUERIES.get(query))
                    .isLessThanOrEqualTo(pagesBefore.get(query) + 2);
        }
        assertThat(after).isLessThan(before);
        assertThat(after).isBetween(60_000_000L, 90_000_000L);
    }

    private static void load(PostgresDatabase database) {
        // Without the checks of foreign keys, one for each row.
        database.execute("""
                set session_replication_role = replica;
                insert into nodes (identifier, identifier_type)
                select 'gonka1year' || to_char(number, 'FM0000'), 'wallet'
                  from generate_series(1, 1000) number;
                insert into earnings_history (node_id, date, earnings_gnk, source)
                select id, day::date, random() * 1000, 'hyperfusion'
                  from generate_series(timestamp '2025-01-01', timestamp '2025-12-31', interval '1 day') day, nodes;
                insert into node_stats_cache (node_id, status, earnings_day, earnings_total, uptime_percent, source)
                select id, 'healthy', 1, 365, 99.9, 'hyperfusion' from nodes;
                """);
        database.execute("vacuum analyze");
    }

    private static String plan(PostgresDatabase database, String query) {
        return database.value("explain (analyze, buffers, costs off, timing off, summary off) " + query);
    }

    private static int pages(PostgresDatabase database, String query) {
        plan(database, query);
        return Pattern.compile("(?m)^ *Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?")
                .matcher(plan(database, query))
                .results()
                .findFirst()
                .map(found -> number(found.group(1)) + number(found.group(2)))
                .orElse(0);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static long size(PostgresDatabase database, String expression) {
        return Long.parseLong(database.value("select " + expression));
    }

    /** The documented sizes come from this file. */
    private static void report(PostgresDatabase database, long before, List<String> plansBefore) throws IOException {
        String sizes = database.value("""
                select format('%-34s %8s kB', relname, pg_relation_size(oid) / 1024)
                  from pg_class
                 where relnamespace = 'public'::regnamespace
                   and relkind in ('r', 'i')
                   and pg_relation_size(oid) > 0
                 order by relname not like 'earnings_history%', pg_relation_size(oid) desc
                """);
        StringBuilder report = new StringBuilder()
                .append("earnings_history with indexes before V9: " + before / 1024 + " kB, after: "
                        + size(database, "pg_total_relation_size('earnings_history')") / 1024 + " kB\n\n")
                .append(sizes)
                .append("\n\n");
        for (int query = 0; query < QUERIES.size(); query++) {
            report.append(QUERIES.get(query))
                    .append("\n  before:\n")
                    .append(plansBefore.get(query).indent(4))
                    .append("  after:\n")
                    .append(plan(database, QUERIES.get(query)).indent(4));
        }
        Files.writeString(Path.of("target", "year-of-earnings.txt"), report);
    }
}
