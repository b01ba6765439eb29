package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import io.gonkapulse.apigateway.http.NodeAddressValidator;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads up to a hundred nodes by identifier. */
@Repository
class NodeBatchRepository {

    static final int MAX_SIZE = 100;

    /** Uses nodes_identifier_key. The arrays always have the same length, so that one plan fits all requests. */
    static final String FIND = NodeRowMapper.addRewards("""
            select requested.place,
                   stats.*,
                   @reward_columns
              from unnest(:given, :lower, :upper) with ordinality as requested (given, lower, upper, place)
             cross join lateral (
                   select id
                     from nodes
                    where identifier in (requested.given, requested.lower, requested.upper)
                      and deleted_at is null
                    order by identifier = requested.given desc
                    limit 1) node
              join current_node_stats stats
                on stats.node_id = node.id
              @join_reward
             where requested.given is not null
             order by requested.place
            """);

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final NodeRowMapper rowMapper;

    NodeBatchRepository(QueryClient queryClient, GatewayProperties properties, NodeRowMapper rowMapper) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.rowMapper = rowMapper;
    }

    /** Returns each node once, at its first place in the request. No node has text that the database cannot store. */
    NodeResponse.Batch find(List<String> identifiers) {
        List<String> possible =
                identifiers.stream().filter(RequestParameterParser::isValidText).toList();
        Map<UUID, NodeResponse> nodes = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>(identifiers);
        List<NodeResponse> found = queryClient.runLookup(() -> client.sql(FIND)
                .params(IdentifierParameterFactory.forMany(possible, MAX_SIZE))
                .query((row, number) -> {
                    missing.remove(possible.get(row.getInt("place") - 1));
                    return rowMapper.mapRow(row, number);
                })
                .list());
        found.forEach(node -> nodes.putIfAbsent(node.id(), node));
        return new NodeResponse.Batch(
                List.copyOf(nodes.values()),
                nodes.size(),
                null,
                missing.stream().filter(NodeAddressValidator::isWellFormed).toList(),
                missing.stream()
                        .filter(identifier -> !NodeAddressValidator.isWellFormed(identifier))
                        .toList());
    }
}
