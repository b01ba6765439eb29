package io.gonkapulse.earningsaggregator.history;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays.NodeEpochDay;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.ledger.LedgerWriter;
import io.gonkapulse.earningsaggregator.ledger.SettlementWriter;
import io.gonkapulse.workercore.sql.ArrayParameters;
import io.gonkapulse.workercore.sql.NodeIdCache;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Temporary tables with the names of the stored ones, which they hide from this session. So the statements of the
 * live consumer write to them unchanged. The stored tables remain reachable as {@code public.…}. PostgreSQL drops the
 * tables with the session, so a rebuild that fails leaves nothing behind.
 */
public final class RebuildTables {

    private static final int MERGE_BATCH_SIZE = 20_000;
    private static final int ROLL_UP_BATCH_SIZE = 10_000;

    /**
     * Cached plans of a pooled session refer to the stored tables, hence {@code discard plans}. The default {@code
     * work_mem} is too small for statements over many rows, and JIT compilation takes longer than they do.
     */
    private static final String CREATE_HISTORY_TABLES = """
            set work_mem = '64MB';
            set jit = off;
            create temporary table earnings_history (
                like public.earnings_history including all excluding indexes,
                unique (node_id, date)
            );
            create temporary table node_earnings (like public.node_earnings including all);
            discard plans
            """;

    private static final String CREATE_LEDGER_TABLES = """
            create temporary table nodes (
                like public.nodes including all excluding indexes,
                unique (identifier)
            );
            insert into nodes
            select *
              from public.nodes;
            create index on nodes (lower(identifier));
            create temporary table earnings_ledger (like public.earnings_ledger including all);
            create temporary table epoch_settlements (like public.epoch_settlements including all);
            """;

    private static final String DROP_TABLES = """
            drop table if exists pg_temp.nodes, pg_temp.earnings_ledger, pg_temp.epoch_settlements,
                pg_temp.earnings_history, pg_temp.node_earnings;
            reset work_mem;
            reset jit;
            discard plans
            """;

    /** Autovacuum never analyzes temporary tables. */
    private static final String ANALYZE = """
            analyze earnings_ledger, epoch_settlements
            """;

    /** Batches are limited by epochs rather than by nodes, because their sizes differ widely. */
    private static final String COUNT_EPOCHS_BY_NODE = """
            select node_id, sum(epochs)
              from (select node_id, count(distinct epoch) as epochs
                      from earnings_ledger
                     group by node_id
                     union all
                    select node_id, count(*)
                      from epoch_settlements
                     group by node_id) counted
             group by node_id
             order by node_id
            """;

    private static final String FIND_EPOCHS = """
            select node_id, epoch
              from earnings_ledger
             where node_id = any(?::uuid[])
             union
            select node_id, epoch
              from epoch_settlements
             where node_id = any(?::uuid[])
             order by 1, 2
            """;

    private static final String FIRST_DAY = """
            select least(
                (select min(day) from earnings_ledger),
                (select min(settled_on) from epoch_settlements))
            """;

    /** Days that the topic does not cover are copied from the stored tables. */
    private static final String COPY_LEDGER_BEFORE = """
            delete from earnings_ledger
             where day < ?
            ;
            insert into earnings_ledger
            select *
              from public.earnings_ledger
             where day < ?
            """;

    private static final String COPY_SETTLEMENTS_BEFORE = """
            delete from epoch_settlements
             using public.epoch_settlements kept
             where kept.settled_on < ?
               and kept.node_id = epoch_settlements.node_id
               and kept.epoch = epoch_settlements.epoch
            ;
            insert into epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, settled_height, forfeited_at, source, observed_at)
            select node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                   settled_at, settled_height, forfeited_at, source, observed_at
              from public.epoch_settlements
             where settled_on < ?
            """;

    /** Another service may have created a node in the meantime, with another id. */
    private static final String REPLACE_NODE_IDS = """
            create temporary table other_key as
            select made.id as made, live.id as live
              from nodes made
              join public.nodes live on lower(live.identifier) = lower(made.identifier)
             where not exists (
                   select
                     from public.nodes same
                    where same.id = made.id);
            update earnings_ledger set node_id = live from other_key where node_id = made;
            update epoch_settlements set node_id = live from other_key where node_id = made;
            update earnings_history set node_id = live from other_key where node_id = made;
            update nodes set id = live from other_key where id = made;
            drop table other_key
            """;

    private static final String HAS_LEDGER_BEFORE = """
            select exists (select from public.earnings_ledger where day < ?)
                or exists (select from public.epoch_settlements where settled_on < ?)
            """;

    /** Uses the stored ids. History rows of a node without a total count as adopted too. */
    private static final String ADD_ADOPTED = """
            with adopted as (
                select node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source
                  from public.adopted_earnings
                 union all
                select history.node_id, history.date, history.earnings_gnk, history.earnings_ngonka,
                       history.inferences, history.state, history.source
                  from public.nodes node
                  join public.earnings_history history on history.node_id = node.id
                 where not exists (
                       select
                         from public.node_earnings earnings
                        where earnings.node_id = node.id)
            ), begun as materialized (
                select known.node_id,
                       least(
                           (select min(ledger.day)
                              from earnings_ledger ledger
                             where ledger.node_id = known.node_id),
                           (select min(settled.settled_on)
                              from epoch_settlements settled
                             where settled.node_id = known.node_id)) as day
                  from (select distinct node_id
                          from adopted) known
            ), added as (
                insert into earnings_history
                       (node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source)
                select adopted.*
                  from adopted
                  join begun using (node_id)
                 where begun.day is null
                    or adopted.date < begun.day
                returning date, coalesce(earnings_ngonka, earnings_gnk * 1000000000) as ngonka
            )
            select count(*), coalesce(sum(ngonka), 0), min(date)
              from added
            """;

    private static final String TRUNCATE_HISTORY = """
            truncate pg_temp.earnings_history
            """;

    private final Connection connection;

    /** Null before the first roll-up, when there is nothing to compute again. */
    private @Nullable ChangedDays changedSinceRollUp;

    /** No other session can delete these rows, and a rollback ends the rebuild. */
    private final NodeIdCache nodes = new NodeIdCache(Runnable::run);

    private final LedgerWriter live = new LedgerWriter();
    private final SettlementWriter settlements = new SettlementWriter();
    private final HistoryWriter history = new HistoryWriter();

    private RebuildTables(Connection connection) {
        this.connection = connection;
    }

    /** Creates tables for the ledger and everything derived from it; the ledger starts empty. */
    public static RebuildTables createForLedger(Connection connection) throws SQLException {
        execute(connection, CREATE_LEDGER_TABLES);
        return createForHistory(connection);
    }

    /** Creates tables for the history only; the visible ledger is the stored one. */
    public static RebuildTables createForHistory(Connection connection) throws SQLException {
        execute(connection, CREATE_HISTORY_TABLES);
        return new RebuildTables(connection);
    }

    /** Makes the stored tables visible again. */
    public void drop() throws SQLException {
        drop(connection);
    }

    /** Drops the tables if there are any. */
    public static void drop(Connection connection) throws SQLException {
        execute(connection, DROP_TABLES);
    }

    /** No locks: other sessions do not see these tables. */
    public void merge(LedgerBatch batch) throws SQLException {
        Map<NodeIdentifier, UUID> rows = nodes.findOrCreateMap(connection, batch.nodes());
        ChangedDays changes = changedSinceRollUp == null ? new ChangedDays() : changedSinceRollUp;
        for (var part : partition(batch.live().entrySet())) {
            changes.addLive(live.merge(connection, part, rows));
        }
        for (var part : partition(batch.settled().entrySet())) {
            settlements.merge(connection, part, rows, changes);
        }
    }

    /**
     * Copies the stored ledger before this day. Requires {@link #replaceNodeIds} first, as stored rows have stored
     * ids.
     */
    public void copyDaysBefore(LocalDate day) throws SQLException {
        execute(connection, COPY_LEDGER_BEFORE, day);
        execute(connection, COPY_SETTLEMENTS_BEFORE, day);
    }

    /** Whether the stored ledger has days that the topic does not cover. */
    public boolean hasLedgerBefore(LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HAS_LEDGER_BEFORE)) {
            statement.setObject(1, day);
            statement.setObject(2, day);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** First day of the visible ledger. */
    public Optional<LocalDate> firstDay() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FIRST_DAY)) {
            row.next();
            return Optional.ofNullable(row.getObject(1, LocalDate.class));
        }
    }

    /** Computes the history of all nodes from the visible ledger, a batch of nodes at a time. */
    public void rollUp() throws SQLException {
        changedSinceRollUp = new ChangedDays();
        execute(connection, TRUNCATE_HISTORY);
        execute(connection, ANALYZE);
        List<UUID> batch = new ArrayList<>();
        long epochs = 0;
        for (Map.Entry<UUID, Long> node : countEpochsByNode().entrySet()) {
            batch.add(node.getKey());
            epochs += node.getValue();
            if (epochs >= ROLL_UP_BATCH_SIZE) {
                rollUp(batch);
                batch.clear();
                epochs = 0;
            }
        }
        rollUp(batch);
    }

    private void rollUp(List<UUID> batch) throws SQLException {
        ChangedDays changes = new ChangedDays();
        changes.addLive(findEpochs(batch));
        history.rollUp(connection, changes);
    }

    /** Computes the days again that were merged since the last roll-up. */
    public void rollUpChanges() throws SQLException {
        history.rollUp(connection, changedSinceRollUp == null ? new ChangedDays() : changedSinceRollUp);
        changedSinceRollUp = new ChangedDays();
    }

    /** Adds the adopted days that count. Must run last, when the history has the stored ids. */
    public AdoptedDays addAdoptedDays() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ADD_ADOPTED)) {
            return AdoptedDays.read(row);
        }
    }

    /** Must run after the last batch, whose rows have the ids of the rebuild tables. */
    public void replaceNodeIds() throws SQLException {
        execute(connection, REPLACE_NODE_IDS);
    }

    private Map<UUID, Long> countEpochsByNode() throws SQLException {
        Map<UUID, Long> counts = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNT_EPOCHS_BY_NODE)) {
            while (row.next()) {
                counts.put(row.getObject(1, UUID.class), row.getLong(2));
            }
        }
        return counts;
    }

    private List<NodeEpochDay> findEpochs(List<UUID> nodeIds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_EPOCHS)) {
            new ArrayParameters<>(connection, statement, nodeIds)
                    .add("uuid", node -> node)
                    .add("uuid", node -> node);
            List<NodeEpochDay> epochs = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    epochs.add(new NodeEpochDay(row.getObject(1, UUID.class), row.getLong(2), ChangedDays.ALL_DAYS));
                }
            }
            return epochs;
        }
    }

    private static <T> List<List<T>> partition(Collection<T> rows) {
        List<T> all = List.copyOf(rows);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MERGE_BATCH_SIZE) {
            parts.add(all.subList(from, Math.min(all.size(), from + MERGE_BATCH_SIZE)));
        }
        return parts;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void execute(Connection connection, String sql, LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, day);
            statement.setObject(2, day);
            statement.execute();
        }
    }
}
