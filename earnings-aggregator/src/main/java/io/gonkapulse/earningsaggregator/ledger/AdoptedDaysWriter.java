package io.gonkapulse.earningsaggregator.ledger;

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
 * Keeps what an adopted database said of a node beside the history. Such a day counts while it lies before the first day
 * of the node's ledger, which can move both ways; so the history is a function of the facts and of what was adopted.
 */
public final class AdoptedDaysWriter {

    /** What the history has of a node without a total, nobody here has written. */
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

    /** Days between the first day of the ledger until now and the one that it is from now on. */
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

    /** Before these nodes get their totals. */
    void copyFromHistory(Connection connection, Collection<UUID> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COPY_FROM_HISTORY)) {
            new ArrayParameters<>(connection, statement, nodes).add("uuid", node -> node);
            statement.executeUpdate();
        }
    }

    /** After the ledger has changed: the adopted days that count no more, and those that count again. */
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
