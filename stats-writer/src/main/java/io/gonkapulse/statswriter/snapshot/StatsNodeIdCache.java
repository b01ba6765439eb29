package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.statswriter.sql.RowArrayBuffer;
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

/** The keys of nodes by their identifiers; a node that nobody knows yet is made. */
final class StatsNodeIdCache {

    /** Identifiers of an adopted database may stand in upper case. */
    private static final String FIND_OR_CREATE = """
            with said as (
                select identifier, identifier_type
                  from unnest(?, ?) as said (identifier, identifier_type)),
            known as (
                select lower(node.identifier) as identifier, node.id
                  from said
                  join nodes node on lower(node.identifier) = said.identifier),
            made as (
                insert into nodes (identifier, identifier_type)
                select said.identifier, said.identifier_type
                  from said
                 where said.identifier not in (select identifier from known)
                 order by said.identifier
                    on conflict (identifier) do nothing
                returning identifier, id)
            select identifier, id
              from known
             union all
            select identifier, id
              from made
            """;

    /** One takes some 180 bytes: all of them no more than a quarter of the heap. */
    private static final long MAX_ENTRIES = Runtime.getRuntime().maxMemory() / 800;

    private final JdbcTemplate jdbc;
    private final Map<NodeIdentifier, UUID> cached = new ConcurrentHashMap<>();

    StatsNodeIdCache(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of the question. */
    List<UUID> findOrCreateIds(List<NodeIdentifier> nodes) {
        Map<NodeIdentifier, UUID> fresh = new HashMap<>();
        List<NodeIdentifier> unknown =
                nodes.stream().filter(node -> !cached.containsKey(node)).toList();
        if (!unknown.isEmpty()) {
            fresh.putAll(queryIds(unknown));
        }
        List<UUID> ids = new ArrayList<>(nodes.size());
        for (NodeIdentifier node : nodes) {
            ids.add(idOf(node, fresh));
        }
        return ids;
    }

    private UUID idOf(NodeIdentifier node, Map<NodeIdentifier, UUID> fresh) {
        @Nullable UUID key = fresh.getOrDefault(node, cached.get(node));
        if (key == null) {
            throw new ConcurrencyFailureException(
                    "Node " + node + " is being made by somebody else; to be tried again");
        }
        return key;
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

    /** To be called once the transaction is committed: until then a node that it made may vanish again. */
    void putAll(List<NodeIdentifier> nodes, List<UUID> ids) {
        if (cached.size() > MAX_ENTRIES) {
            cached.clear();
        }
        for (int i = 0; i < nodes.size(); i++) {
            cached.put(nodes.get(i), ids.get(i));
        }
    }

    /** A node was deleted under our hands. */
    void clear() {
        cached.clear();
    }
}
