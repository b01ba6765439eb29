package io.gonkapulse.earningsaggregator.verify;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.earningsaggregator.history.AdoptedDays;
import io.gonkapulse.earningsaggregator.history.RebuildTables;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Checks the history against ledger and settlements, and the totals against the history. All queries see one snapshot
 * of the database, while the live consumer continues. Days before the ledger of a node are checked against the
 * adopted days.
 */
public final class HistoryCheck {

    /** Differences are reported inside the transaction, and their receiver may be slow: a pager, a full disk. */
    private static final String DISABLE_IDLE_TIMEOUT = "set local idle_in_transaction_session_timeout = 0";

    /** Value of every epoch today: its settlement if there is one, else the largest live counter. */
    private static final String SUM_OF_EPOCHS = """
            select coalesce(sum(case
                       when settled.epoch is null then seen.earned
                       else settled.earned
                           + case when settled.forfeited_on is null then settled.rewarded else 0 end
                   end), 0)
              from (select node_id, epoch, max(earned) as earned
                      from public.earnings_ledger
                     group by node_id, epoch) seen
              full join public.epoch_settlements settled using (node_id, epoch)
            """;

    private static final String SUM_OF_DAYS = """
            select coalesce(sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)), 0)
              from public.earnings_history
             where date >= ?
            """;

    private final DataSource source;

    public HistoryCheck(DataSource source) {
        this.source = source;
    }

    /**
     * Result of the check.
     *
     * @param sumOfDays sum of the days that the ledger covers
     * @param adopted adopted days that count; they are compared too
     * @param wrongTotals one line for each node whose total differs from the sum of its days
     * @param wrongDays one line for each day or epoch whose derived sums or counts differ
     */
    public record HistoryCheckResult(
            HistoryComparison.ComparisonCounts days,
            Ngonka sumOfDays,
            Ngonka sumOfEpochs,
            AdoptedDays adopted,
            List<String> wrongTotals,
            List<String> wrongDays) {

        public boolean isConsistent() {
            return differenceCount() == 0;
        }

        /** Number of differing days and totals, plus one if the sums of days and epochs differ. */
        public long differenceCount() {
            long sums = sumOfDays.equals(sumOfEpochs) ? 0 : 1;
            return days.compared() - days.equal() + wrongTotals.size() + wrongDays.size() + sums;
        }
    }

    /**
     * Checks everything.
     *
     * @param differences receives every day that differs, the largest difference first
     */
    public HistoryCheckResult run(Consumer<HistoryComparison.DayDifference> differences) throws SQLException {
        try (Connection connection = source.getConnection()) {
            // A statement over a long history takes longer than the pool's limit, which is meant for the service.
            connection.setNetworkTimeout(Runnable::run, 0);
            connection.setAutoCommit(false);
            // All statements must see the same state while batches are applied.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                disableIdleTimeout(connection);
                return run(connection, differences);
            } finally {
                connection.rollback();
                RebuildTables.drop(connection);
                connection.commit();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        }
    }

    private static void disableIdleTimeout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DISABLE_IDLE_TIMEOUT);
        }
    }

    private static HistoryCheckResult run(Connection connection, Consumer<HistoryComparison.DayDifference> differences)
            throws SQLException {
        RebuildTables tables = RebuildTables.createForHistory(connection);
        Optional<LocalDate> ledger = tables.firstDay();
        if (ledger.isPresent()) {
            tables.rollUp();
        }
        AdoptedDays adopted = tables.addAdoptedDays();
        Optional<LocalDate> first = Stream.of(ledger, Optional.ofNullable(adopted.first()))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        if (first.isEmpty()) {
            return new HistoryCheckResult(
                    HistoryComparison.ComparisonCounts.NONE,
                    Ngonka.ZERO,
                    Ngonka.ZERO,
                    adopted,
                    DerivedTotalsCheck.wrongTotals(connection),
                    DerivedTotalsCheck.wrongDays(connection));
        }
        HistoryComparison comparison = new HistoryComparison(connection, first.get());
        comparison.list(Long.MAX_VALUE, differences);
        return new HistoryCheckResult(
                comparison.count(),
                sumOfDays(connection, first.get()).minus(adopted.sum()),
                sum(connection, SUM_OF_EPOCHS),
                adopted,
                DerivedTotalsCheck.wrongTotals(connection),
                DerivedTotalsCheck.wrongDays(connection));
    }

    private static Ngonka sumOfDays(Connection connection, LocalDate from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUM_OF_DAYS)) {
            statement.setObject(1, from);
            try (ResultSet row = statement.executeQuery()) {
                return ngonka(row);
            }
        }
    }

    private static Ngonka sum(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return ngonka(row);
        }
    }

    private static Ngonka ngonka(ResultSet row) throws SQLException {
        row.next();
        BigDecimal sum = requireNonNull(row.getBigDecimal(1));
        return new Ngonka(sum.toBigInteger());
    }
}
