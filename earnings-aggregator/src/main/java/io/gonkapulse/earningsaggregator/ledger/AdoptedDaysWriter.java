package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.earningsaggregator.ledger.ChangedDays.NodeDay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Keeps the days that a node had in an adopted database beside the history. An adopted day counts while it lies
 * before the first day of the node's ledger. That first day can move both ways, so the original is never overwritten.
 */
public final class AdoptedDaysWriter {

    /** Rows of a node without a total come from the adopted database: this service always writes both. */
    private static final String COPY_FROM_HISTORY = """
            insert into adopted_earnings
                   (node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source)
            select history.node_id, history.date, history.earnings_gnk, history.earnings_ngonka, history.inferences,
                   history.state, history.source
              from unnest(?::uuid[]) as wanted (node_id)
              join earnings_history history on history.node_id = wanted.node_id
             where not exists (
                   select
                     from node_earnings earnings
                    where earnings.node_id = wanted.node_id)
             order by history.node_id, history.date
                on conflict (node_id, date) do nothing
            """;

    /** Returns the adopted days between the old and the new first day of the ledger. */
    private static final String MOVE_LEDGER_START = """
            with begun as (
                select earnings.node_id,
                       earnings.ledger_from as until_now,
                       coalesce(
                           least(
                               (select min(ledger.day)
                                  from earnings_ledger ledger
                                 where ledger.node_id = earnings.node_id),
                               (select min(settled.settled_on)
                                  from epoch_settlements settled
                                 where settled.node_id = earnings.node_id)),
                           'infinity') as from_now
                  from node_earnings earnings
                 where earnings.node_id = any(?::uuid[])
                   and earnings.ledger_from is not null
            ), moved as (
                update node_earnings
                   set ledger_from = begun.from_now
                  from begun
                 where node_earnings.node_id = begun.node_id
                   and begun.from_now <> begun.until_now
            )
            select adopted.node_id, adopted.date
              from begun
              join adopted_earnings adopted
                on adopted.node_id = begun.node_id
               and adopted.date >= least(begun.until_now, begun.from_now)
               and adopted.date < greatest(begun.until_now, begun.from_now)
             where begun.from_now <> begun.until_now
            """;

    /** Must run before these nodes get their totals. */
    void copyFromHistory(Connection connection, Collection<UUID> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COPY_FROM_HISTORY)) {
            new ArrayParameters<>(connection, statement, nodes).add("uuid", node -> node);
            statement.executeUpdate();
        }
    }

    /**
     * Must run after the ledger has changed.
     *
     * @return adopted days that stop counting, and those that count again
     */
    public List<NodeDay> moveLedgerStart(Connection connection, Collection<UUID> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE_LEDGER_START)) {
            new ArrayParameters<>(connection, statement, nodes).add("uuid", node -> node);
            List<NodeDay> days = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    days.add(new NodeDay(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class)));
                }
            }
            return days;
        }
    }
}
