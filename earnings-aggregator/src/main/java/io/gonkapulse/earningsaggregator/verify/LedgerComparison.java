package io.gonkapulse.earningsaggregator.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Compares the stored ledger and settlements from a day on with those in the rebuild tables. It also reports manual
 * changes that have not reached the history yet. Without a stored ledger there is nothing to compare.
 */
public final class LedgerComparison {

    private static final int FETCH_SIZE = 1_000;

    private static final String HAS_LEDGER = """
            select exists (select from public.earnings_ledger where day >= ?)
                or exists (select from public.epoch_settlements where settled_on >= ?)
            """;

    private static final String LIVE_DIFFERENCES = """
            with live as (
                select *
                  from public.earnings_ledger
                 where day >= ?
            ), made as (
                select *
                  from earnings_ledger
                 where day >= ?
            )
            select format('%s epoch %s, as seen on %s: %s -> %s', coalesce(node.identifier, node_id::text), epoch, day,
                       case when live.observed_at is null then 'nothing' else
                           format('%s ngonka, %s inferences, %s missed, %s validated, %s invalidated, by %s at %s',
                               live.earned, live.inferences, live.missed, live.validated, live.invalidated,
                               live.source, live.observed_at at time zone 'UTC') end,
                       case when made.observed_at is null then 'nothing' else
                           format('%s ngonka, %s inferences, %s missed, %s validated, %s invalidated, by %s at %s',
                               made.earned, made.inferences, made.missed, made.validated, made.invalidated,
                               made.source, made.observed_at at time zone 'UTC') end)
              from live
              full join made using (node_id, epoch, day)
              left join nodes node on node.id = node_id
             where row(live.*) is distinct from row(made.*)
             order by 1
            """;

    private static final String SETTLEMENT_DIFFERENCES = """
            with live as (
                select *
                  from public.epoch_settlements
                 where settled_on >= ?
            ), made as (
                select *
                  from epoch_settlements
                 where settled_on >= ?
            )
            select format('%s epoch %s, its settlement: %s -> %s', coalesce(node.identifier, node_id::text), epoch,
                       case when live.observed_at is null then 'nothing' else
                           format('%s ngonka and %s rewarded, %s inferences, settled at %s, %s, by %s at %s',
                               live.earned, live.rewarded, live.inferences, live.settled_at at time zone 'UTC',
                               live.claim, live.source, live.observed_at at time zone 'UTC') end,
                       case when made.observed_at is null then 'nothing' else
                           format('%s ngonka and %s rewarded, %s inferences, settled at %s, %s, by %s at %s',
                               made.earned, made.rewarded, made.inferences, made.settled_at at time zone 'UTC',
                               made.claim, made.source, made.observed_at at time zone 'UTC') end)
              from live
              full join made using (node_id, epoch)
              left join nodes node on node.id = node_id
             where row(live.*) is distinct from row(made.*)
             order by 1
            """;

    private final Connection connection;
    private final LocalDate from;

    public LedgerComparison(Connection connection, LocalDate from) {
        this.connection = connection;
        this.from = from;
    }

    /** Reports one line for each row that differs. */
    public void list(Consumer<String> listener) throws SQLException {
        if (hasLedger()) {
            list(LIVE_DIFFERENCES, listener);
            list(SETTLEMENT_DIFFERENCES, listener);
        }
    }

    /** An empty stored ledger means a first rebuild, where every row would be a difference. */
    private boolean hasLedger() throws SQLException {
        try (PreparedStatement statement = prepare(HAS_LEDGER);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void list(String sql, Consumer<String> listener) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    listener.accept(row.getString(1));
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
}
