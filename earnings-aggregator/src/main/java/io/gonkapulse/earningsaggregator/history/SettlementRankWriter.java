package io.gonkapulse.earningsaggregator.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Ranks settlements by their rewards within their epochs. A trigger notes an epoch in {@code unranked_epochs} in the
 * transaction that changes its rewards; the note goes in the transaction that ranks them.
 */
public final class SettlementRankWriter {

    /** Truncation and the undo of the migration lock the settlements before the notes; the other order may deadlock. */
    private static final String LOCK_SETTLEMENTS = """
            lock table epoch_settlements in access share mode
            """;

    /** A note of an uncommitted change is locked, and left to the next run. */
    private static final String TAKE_NEWEST = """
            delete from unranked_epochs
             where epoch = (
                   select epoch
                     from unranked_epochs
                    order by epoch desc
                    limit 1
                      for update skip locked)
            returning epoch
            """;

    private static final String RANK_EPOCH = """
            insert into settlement_ranks as kept (node_id, epoch, rank)
            select node_id,
                   epoch,
                   rank() over (order by rewarded desc)
              from epoch_settlements
             where epoch = ?
             order by node_id
                on conflict (node_id, epoch) do update
               set rank = excluded.rank
             where kept.rank <> excluded.rank
            """;

    /** Also waits for uncommitted changes, so that the next statement reads them. */
    private static final String TAKE_ALL = """
            delete from unranked_epochs
            """;

    private static final String RANK_ALL = """
            with gone as (
                delete from settlement_ranks kept
                 where not exists (
                       select
                         from epoch_settlements settled
                        where settled.node_id = kept.node_id
                          and settled.epoch = kept.epoch)
            )
            insert into settlement_ranks (node_id, epoch, rank)
            select made.node_id, made.epoch, made.rank
              from (select node_id,
                           epoch,
                           rank() over (partition by epoch order by rewarded desc) as rank
                      from epoch_settlements) made
              left join settlement_ranks kept using (node_id, epoch)
             where made.rank is distinct from kept.rank
             order by made.node_id, made.epoch
                on conflict (node_id, epoch) do update
               set rank = excluded.rank
            """;

    private SettlementRankWriter() {}

    /**
     * Ranks the newest epoch whose rewards have changed. Needs a transaction whose statements read what was committed
     * before each of them.
     *
     * @return false if there is no such epoch
     */
    public static boolean rankNewest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK_SETTLEMENTS);
            try (ResultSet taken = statement.executeQuery(TAKE_NEWEST)) {
                if (!taken.next()) {
                    return false;
                }
                rank(connection, taken.getLong(1));
                return true;
            }
        }
    }

    private static void rank(Connection connection, long epoch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RANK_EPOCH)) {
            statement.setLong(1, epoch);
            statement.executeUpdate();
        }
    }

    /** Ranks every epoch and removes ranks without a settlement. Writes only rows that differ. */
    public static void rankAll(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE_ALL);
            statement.execute(RANK_ALL);
        }
    }
}
