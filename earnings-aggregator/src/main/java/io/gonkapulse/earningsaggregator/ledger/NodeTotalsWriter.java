package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.earningsaggregator.ledger.ChangedDays.NodeDay;
import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Locks and creates the rows of {@code node_earnings}: the total of a node and the first day of its ledger.
 *
 * <p>Keeps the days that a node had in an adopted database beside the history. An adopted day counts while it lies
 * before the first day of the node's ledger. That first day can move both ways, so the original is never overwritten.
 */
public final class NodeTotalsWriter {

    /** Every consumer locks in the same order, so that two consumers cannot deadlock. */
    private static final String LOCK = """
            select node_id
              from node_earnings
             where node_id = any(?::uuid[])
             order by node_id
               for update
            """;

    /** A total starts with the sum of the adopted days. */
    private static final String CREATE = """
            insert into node_earnings (node_id, total, ledger_from)
            select wanted.node_id,
                   coalesce(sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)), 0),
                   case when count(history.node_id) > 0 then date 'infinity' end
              from unnest(?::uuid[]) as wanted (node_id)
              left join earnings_history history on history.node_id = wanted.node_id
             where not exists (
                   select
                     from node_earnings
                    where node_earnings.node_id = wanted.node_id)
             group by wanted.node_id
             order by wanted.node_id
                on conflict (node_id) do nothing
            """;

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

    /** Blocks other roll-ups of these nodes until the transaction ends. Returns false if a node has no total yet. */
    public boolean lock(Connection connection, Set<UUID> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            new ArrayParameters<>(connection, statement, nodes).add("uuid", node -> node);
            int locked = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    locked++;
                }
            }
            return locked == nodes.size();
        }
    }

    /** Creates missing totals and locks all. */
    public void createAndLock(Connection connection, Set<UUID> nodes) throws SQLException {
        // The rows to copy are recognized by the missing total.
        execute(connection, COPY_FROM_HISTORY, nodes);
        execute(connection, CREATE, nodes);
        lock(connection, nodes);
    }

    private static void execute(Connection connection, String sql, Collection<UUID> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
