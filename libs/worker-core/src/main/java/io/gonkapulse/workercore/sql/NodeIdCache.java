package io.gonkapulse.workercore.sql;

import io.gonkapulse.contracts.NodeIdentifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Caches ids of {@code nodes} by identifier, and creates missing rows. Soft-deleted nodes keep their id. Thread-safe. */
public final class NodeIdCache {

    /**
     * Compares in lower case, because an adopted database may have identifiers in upper case. Locks no existing row:
     * several services create nodes at the same time.
     */
    private static final String FIND_OR_CREATE = """
            with wanted as (
                select identifier, identifier_type
                  from unnest(?, ?) as wanted (identifier, identifier_type)),
            known as (
                select lower(node.identifier) as identifier, node.id
                  from wanted
                  join nodes node on lower(node.identifier) = wanted.identifier),
            created as (
                insert into nodes (identifier, identifier_type)
                select wanted.identifier, wanted.identifier_type
                  from wanted
                 where wanted.identifier not in (select identifier from known)
                 order by wanted.identifier
                    on conflict (identifier) do nothing
                returning identifier, id)
            select identifier, id
              from known
             union all
            select identifier, id
              from created
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

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** An entry takes about 180 bytes, so the cache uses at most a quarter of the heap. */
    private static final long MAX_ENTRIES = Runtime.getRuntime().maxMemory() / 800;

    private final Map<NodeIdentifier, UUID> cached = new ConcurrentHashMap<>();
    private final Executor afterCommit;
    private final long maxEntries;

    /** A cache for callers in a transaction of Spring. */
    public NodeIdCache() {
        this(NodeIdCache::runAfterCommit);
    }

    /** @param afterCommit runs its task when created rows can no longer be rolled back */
    public NodeIdCache(Executor afterCommit) {
        this(afterCommit, MAX_ENTRIES);
    }

    NodeIdCache(Executor afterCommit, long maxEntries) {
        this.afterCommit = afterCommit;
        this.maxEntries = maxEntries;
    }

    /**
     * Returns the ids in the order of the nodes. Caches new ones after the commit only: a rollback removes the rows
     * that the transaction created.
     *
     * @throws ConcurrencyFailureException if another transaction creates or deletes one of the nodes right now
     */
    public List<UUID> findOrCreate(Connection connection, Collection<NodeIdentifier> nodes) throws SQLException {
        List<UUID> ids = new ArrayList<>(nodes.size());
        for (NodeIdentifier node : nodes) {
            @Nullable UUID id = cached.get(node);
            if (id == null) {
                return findOrCreateUncached(connection, nodes);
            }
            ids.add(id);
        }
        return ids;
    }

    /** Reads the cache once for each node: another thread, or {@link #put}, may clear it at any time. */
    private List<UUID> findOrCreateUncached(Connection connection, Collection<NodeIdentifier> nodes)
            throws SQLException {
        Map<NodeIdentifier, UUID> known = new HashMap<>();
        List<NodeIdentifier> unknown = new ArrayList<>();
        for (NodeIdentifier node : nodes) {
            @Nullable UUID id = cached.get(node);
            if (id == null) {
                unknown.add(node);
            } else {
                known.put(node, id);
            }
        }
        Map<NodeIdentifier, UUID> found = query(connection, unknown);
        known.putAll(found);
        List<UUID> ids = new ArrayList<>(nodes.size());
        for (NodeIdentifier node : nodes) {
            ids.add(requireFound(node, known.get(node)));
        }
        afterCommit.execute(() -> put(found));
        return ids;
    }

    /** Like {@link #findOrCreate}, by node. */
    public Map<NodeIdentifier, UUID> findOrCreateMap(Connection connection, Set<NodeIdentifier> nodes)
            throws SQLException {
        Iterator<UUID> ids = findOrCreate(connection, nodes).iterator();
        Map<NodeIdentifier, UUID> byNode = new HashMap<>();
        nodes.forEach(node -> byNode.put(node, ids.next()));
        return byNode;
    }

    private static UUID requireFound(NodeIdentifier node, @Nullable UUID id) {
        if (id == null) {
            throw new ConcurrencyFailureException(
                    "Node " + node + " is being created or deleted by another transaction; the batch will be retried");
        }
        return id;
    }

    /**
     * A second query, which sorts, is needed rarely: for nodes that another transaction has committed while the first
     * one waited for it, and for identifiers that exist in two spellings.
     */
    private static Map<NodeIdentifier, UUID> query(Connection connection, List<NodeIdentifier> unknown)
            throws SQLException {
        Map<NodeIdentifier, UUID> found = new HashMap<>();
        Set<NodeIdentifier> unclear = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND_OR_CREATE)) {
            new ArrayParameters<>(connection, statement, unknown)
                    .add("varchar", NodeIdentifier::value)
                    .add("varchar", node -> node.type().name().toLowerCase(Locale.ROOT));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    NodeIdentifier node = new NodeIdentifier(row.getString(1));
                    if (found.put(node, row.getObject(2, UUID.class)) != null) {
                        unclear.add(node);
                    }
                }
            }
        }
        if (found.size() < unknown.size()) {
            unknown.stream().filter(node -> !found.containsKey(node)).forEach(unclear::add);
        }
        if (!unclear.isEmpty()) {
            find(connection, unclear, found);
        }
        return found;
    }

    private static void find(Connection connection, Set<NodeIdentifier> nodes, Map<NodeIdentifier, UUID> found)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            new ArrayParameters<>(connection, statement, nodes).add("text", NodeIdentifier::value);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(new NodeIdentifier(row.getString(1)), row.getObject(2, UUID.class));
                }
            }
        }
    }

    private void put(Map<NodeIdentifier, UUID> found) {
        if (cached.size() + found.size() > maxEntries) {
            // Rare. Evicting the least recently used entries would cost time at each hit.
            cached.clear();
        }
        cached.putAll(found);
    }

    /** Reads these nodes again next time: their rows may have been deleted, and created again with other ids. */
    public void forget(Collection<NodeIdentifier> nodes) {
        nodes.forEach(cached::remove);
    }

    /**
     * Returns the exception to throw. A cached id of a deleted node is no fault of the record, so that failure becomes
     * a transient one, and the cache is cleared.
     */
    public RuntimeException translate(DataIntegrityViolationException failure) {
        boolean isNodeDeleted = failure.getMostSpecificCause() instanceof SQLException refusal
                && FOREIGN_KEY_VIOLATION.equals(refusal.getSQLState());
        if (!isNodeDeleted) {
            return failure;
        }
        cached.clear();
        // Without its cause, whose SQLSTATE would count as a bad record.
        return new ConcurrencyFailureException(
                "A node was deleted while its batch was written; the batch will be retried");
    }

    private static void runAfterCommit(Runnable task) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }
}
