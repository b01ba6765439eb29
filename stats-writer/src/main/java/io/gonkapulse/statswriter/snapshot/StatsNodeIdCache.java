package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.workercore.RowArrayBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Caches node ids by identifier, and creates unknown nodes. */
final class StatsNodeIdCache {

    /**
     * Compares in lower case, because an adopted database may have identifiers in upper case.
     * Returns no row for a node that another transaction is creating right now; then the batch is
     * retried.
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

    /** An entry takes about 180 bytes, so the cache uses at most a quarter of the heap. */
    private static final long MAX_ENTRIES = Runtime.getRuntime().maxMemory() / 800;

    private final JdbcTemplate jdbc;
    private final Map<NodeIdentifier, UUID> cached = new ConcurrentHashMap<>();

    StatsNodeIdCache(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the ids in the order of the nodes. */
    List<UUID> findOrCreateIds(List<NodeIdentifier> nodes) {
        Map<NodeIdentifier, UUID> queried = new HashMap<>();
        List<NodeIdentifier> unknown =
                nodes.stream().filter(node -> !cached.containsKey(node)).toList();
        if (!unknown.isEmpty()) {
            queried.putAll(queryIds(unknown));
        }
        List<UUID> ids = new ArrayList<>(nodes.size());
        for (NodeIdentifier node : nodes) {
            ids.add(idOf(node, queried));
        }
        return ids;
    }

    private UUID idOf(NodeIdentifier node, Map<NodeIdentifier, UUID> queried) {
        @Nullable UUID id = queried.getOrDefault(node, cached.get(node));
        if (id == null) {
            throw new ConcurrencyFailureException(
                    "Node " + node + " is being created by another transaction; the batch will be retried");
        }
        return id;
    }

    private Map<NodeIdentifier, UUID> queryIds(List<NodeIdentifier> unknown) {
        RowArrayBuffer columns = new RowArrayBuffer("varchar", "varchar");
        unknown.forEach(node -> columns.add(node.value(), node.type().name().toLowerCase(Locale.ROOT)));
        Map<NodeIdentifier, UUID> found = new HashMap<>();
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(FIND_OR_CREATE);
                    columns.bind(connection, statement, 1);
                    return statement;
                },
                row -> {
                    found.putIfAbsent(new NodeIdentifier(row.getString(1)), row.getObject(2, UUID.class));
                });
        return found;
    }

    /** Call after the commit only: a rollback removes the nodes that the transaction created. */
    void putAll(List<NodeIdentifier> nodes, List<UUID> ids) {
        if (cached.size() > MAX_ENTRIES) {
            cached.clear();
        }
        for (int i = 0; i < nodes.size(); i++) {
            cached.put(nodes.get(i), ids.get(i));
        }
    }

    /** Call when a cached node was deleted from the table. */
    void clear() {
        cached.clear();
    }
}
