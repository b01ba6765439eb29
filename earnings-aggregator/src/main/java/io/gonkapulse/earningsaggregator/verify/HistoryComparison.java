package io.gonkapulse.earningsaggregator.verify;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Consumer;

/** Compares the stored history from a day on with the one in the rebuild tables. */
public final class HistoryComparison {

    private static final int FETCH_SIZE = 1_000;

    /** Amounts of foreign rows may exist in GNK only. */
    private static final String COUNT = """
            with live as (
                select *
                  from public.earnings_history
                 where date >= ?
            ), made as (
                select *
                  from earnings_history
                 where date >= ?
            )
            select count(*),
                   count(*) filter (where live.id is null),
                   count(*) filter (where made.id is null),
                   count(*) filter (
                       where live.id is not null
                         and made.id is not null
                         and (live.earnings_gnk, live.earnings_ngonka, live.inferences, live.state, live.source)
                             is distinct from
                             (made.earnings_gnk, made.earnings_ngonka, made.inferences, made.state, made.source)),
                   coalesce(sum(coalesce(live.earnings_ngonka, live.earnings_gnk * 1000000000)), 0),
                   coalesce(sum(made.earnings_ngonka), 0)
              from live
              full join made using (node_id, date)
            """;

    /** Largest difference first, then by node and day, so that reports are reproducible. */
    private static final String LIST = """
            with live as (
                select *
                  from public.earnings_history
                 where date >= ?
            ), made as (
                select *
                  from earnings_history
                 where date >= ?
            )
            select coalesce(node.identifier, node_id::text),
                   date,
                   coalesce(live.earnings_ngonka::text || ' ngonka', 'no ngonka') || ', ' || live.inferences
                       || ' inferences, ' || live.state || ', by ' || coalesce(live.source, 'nobody'),
                   made.earnings_ngonka || ' ngonka, ' || made.inferences || ' inferences, ' || made.state || ', by '
                       || coalesce(made.source, 'nobody'),
                   coalesce(made.earnings_ngonka, 0)
                       - coalesce(live.earnings_ngonka, live.earnings_gnk * 1000000000, 0) as difference
              from live
              full join made using (node_id, date)
              left join nodes node on node.id = node_id
             where (live.earnings_gnk, live.earnings_ngonka, live.inferences, live.state, live.source, live.id is null)
                   is distinct from
                   (made.earnings_gnk, made.earnings_ngonka, made.inferences, made.state, made.source, made.id is null)
             order by abs(coalesce(made.earnings_ngonka, 0)
                       - coalesce(live.earnings_ngonka, live.earnings_gnk * 1000000000, 0)) desc,
                   1,
                   2
             limit ?
            """;

    private final Connection connection;
    private final LocalDate from;

    public HistoryComparison(Connection connection, LocalDate from) {
        this.connection = connection;
        this.from = from;
    }

    /**
     * Counts of the comparison.
     *
     * @param compared days of nodes that are in at least one of the two
     * @param added days that only the rebuild tables have
     * @param removed days that only the stored history has
     */
    public record ComparisonCounts(long compared, long added, long removed, long changed, Ngonka before, Ngonka after) {

        public static final ComparisonCounts NONE = new ComparisonCounts(0, 0, 0, 0, Ngonka.ZERO, Ngonka.ZERO);

        /** True if there was no stored history: then every day is a difference and listing them is pointless. */
        public boolean isAllNew() {
            return added == compared;
        }

        public long equal() {
            return compared - added - removed - changed;
        }
    }

    /** A day of a node that differs, with both values as text. */
    public record DayDifference(String node, LocalDate day, String before, String after, Ngonka difference) {

        @Override
        public String toString() {
            return node + " " + day + ": " + before + " -> " + after + " (" + difference + " ngonka)";
        }
    }

    public ComparisonCounts count() throws SQLException {
        try (PreparedStatement statement = prepare(COUNT);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new ComparisonCounts(
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), ngonka(row, 5), ngonka(row, 6));
        }
    }

    /** Reports differences, the largest first. */
    public void list(long limit, Consumer<DayDifference> differences) throws SQLException {
        try (PreparedStatement statement = prepare(LIST)) {
            statement.setLong(3, limit);
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    differences.accept(difference(row));
                }
            }
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setObject(1, from);
        statement.setObject(2, from);
        return statement;
    }

    private static DayDifference difference(ResultSet row) throws SQLException {
        return new DayDifference(
                row.getString(1), row.getObject(2, LocalDate.class), text(row, 3), text(row, 4), ngonka(row, 5));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "none" : text;
    }

    private static Ngonka ngonka(ResultSet row, int column) throws SQLException {
        BigDecimal amount = requireNonNull(row.getBigDecimal(column));
        return new Ngonka(amount.toBigInteger());
    }
}
