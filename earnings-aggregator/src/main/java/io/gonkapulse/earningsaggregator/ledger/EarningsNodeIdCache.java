package io.gonkapulse.earningsaggregator.ledger;

import static java.util.stream.Collectors.toCollection;

import io.gonkapulse.contracts.NodeIdentifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Maps node identifiers to ids of {@code nodes} and creates missing rows. Identifiers of an adopted database may be
 * in upper case. Soft-deleted nodes keep earning.
 */
public final class EarningsNodeIdCache {

    /** Does not lock existing rows: the stats-writer creates nodes at the same time. */
    private static final String CREATE = """
            insert into nodes (identifier, identifier_type)
            select wanted.identifier, wanted.type
              from unnest(?::text[], ?::text[]) as wanted (identifier, type)
             where not exists (
                   select
                     from nodes
                    where lower(nodes.identifier) = wanted.identifier)
             order by wanted.identifier
                on conflict (identifier) do nothing
            """;

    /** Prefers the lower-case spelling, then the oldest row. */
    private static final String FIND = """
            select distinct on (lower(identifier))
                   lower(identifier),
                   id
              from nodes
             where lower(identifier) = any(?::text[])
             order by lower(identifier), identifier = lower(identifier) desc, created_at, id
            """;

    /** A total starts with the sum of the adopted days. */
    private static final String CREATE_TOTALS = """
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

    /** Every consumer locks in the same order, so that two consumers cannot deadlock. */
    private static final String LOCK = """
            select node_id
              from node_earnings
             where node_id = any(?::uuid[])
             order by node_id
               for update
            """;

    private final AdoptedDaysWriter adopted = new AdoptedDaysWriter();
    private final Map<NodeIdentifier, UUID> cached = new ConcurrentHashMap<>();

    /** Finds the ids of these nodes and locks their totals against other roll-ups until the transaction ends. */
    public Map<NodeIdentifier, UUID> lock(Connection connection, Set<NodeIdentifier> nodes) throws SQLException {
        Map<NodeIdentifier, UUID> rows = find(connection, nodes);
        if (lockTotals(connection, ids(rows)) == ids(rows).size()) {
            return rows;
        }
        // A cached row may have been deleted and created again with another id; its total is missing then.
        cached.keySet().removeAll(nodes);
        rows = find(connection, nodes);
        adopted.copyFromHistory(connection, ids(rows));
        execute(connection, CREATE_TOTALS, ids(rows));
        lockTotals(connection, ids(rows));
        return rows;
    }

    private static Set<UUID> ids(Map<NodeIdentifier, UUID> rows) {
        return rows.values().stream().collect(toCollection(TreeSet::new));
    }

    /** Call after commit only: a rolled-back transaction may have created these ids. */
    public void put(Map<NodeIdentifier, UUID> rows) {
        cached.putAll(rows);
    }

    /** Needed when rows were deleted by hand. */
    public void clear() {
        cached.clear();
    }

    /** Finds the ids of these nodes without locking anything. */
    public Map<NodeIdentifier, UUID> find(Connection connection, Set<NodeIdentifier> nodes) throws SQLException {
        Map<NodeIdentifier, UUID> rows = new HashMap<>();
        List<NodeIdentifier> missing = new ArrayList<>();
        for (NodeIdentifier node : nodes) {
            UUID row = cached.get(node);
            if (row == null) {
                missing.add(node);
            } else {
                rows.put(node, row);
            }
        }
        if (!missing.isEmpty()) {
            create(connection, missing);
            rows.putAll(findIds(connection, missing));
        }
        return rows;
    }

    private static void create(Connection connection, List<NodeIdentifier> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CREATE)) {
            new ArrayParameters<>(connection, statement, nodes)
                    .add("text", NodeIdentifier::value)
                    .add("text", node -> node.type().name().toLowerCase(Locale.ROOT));
            statement.executeUpdate();
        }
    }

    private static Map<NodeIdentifier, UUID> findIds(Connection connection, List<NodeIdentifier> nodes)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            new ArrayParameters<>(connection, statement, nodes).add("text", NodeIdentifier::value);
            Map<NodeIdentifier, UUID> rows = new HashMap<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.put(new NodeIdentifier(found.getString(1)), found.getObject(2, UUID.class));
                }
            }
            return rows;
        }
    }

    private static int lockTotals(Connection connection, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            new ArrayParameters<>(connection, statement, ids).add("uuid", id -> id);
            int locked = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    locked++;
                }
            }
            return locked;
        }
    }

    private static void execute(Connection connection, String sql, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new ArrayParameters<>(connection, statement, ids).add("uuid", id -> id);
            statement.executeUpdate();
        }
    }
}
