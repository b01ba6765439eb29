package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pages of nodes. */
@Repository
class NodePageRepository {

    /**
     * The default page. Uses nodes_identifier_key. The identifiers are selected first, so that PostgreSQL can use one
     * plan for every limit and need not plan each request.
     */
    static final String ALL_BY_IDENTIFIER = NodeRowMapper.addRewards("""
            select stats.*,
                   @reward_columns
              from current_node_stats stats
              @join_reward
             where stats.identifier = any (array(
                   select identifier
                     from nodes
                    where identifier > :afterIdentifier
                      and deleted_at is null
                    order by identifier
                    limit :limit))
             order by stats.identifier
            """);

    /** Uses nodes_identifier_key. */
    static final String BY_IDENTIFIER = NodeRowMapper.addRewards("""
            select stats.*,
                   @reward_columns
              from current_node_stats stats
              @join_reward
             where (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
               and (cast(:gpuType as text) is null or stats.gpu_type = :gpuType)
               and (cast(:region as text) is null or stats.region = :region)
               and (cast(:model as text) is null or stats.active_model = :model)
               and (cast(:words as text) is null
                    or strpos(lower(stats.identifier), lower(:words)) > 0
                    or strpos(lower(stats.display_name), lower(:words)) > 0)
               and stats.identifier > :afterIdentifier
             order by stats.identifier
             limit :limit
            """);

    /** Uses nodes_identifier_key. */
    static final String BY_IDENTIFIER_BACKWARDS = NodeRowMapper.addRewards("""
            select stats.*,
                   @reward_columns
              from current_node_stats stats
              @join_reward
             where (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
               and (cast(:gpuType as text) is null or stats.gpu_type = :gpuType)
               and (cast(:region as text) is null or stats.region = :region)
               and (cast(:model as text) is null or stats.active_model = :model)
               and (cast(:words as text) is null
                    or strpos(lower(stats.identifier), lower(:words)) > 0
                    or strpos(lower(stats.display_name), lower(:words)) > 0)
               and (cast(:afterKey as text) is null or stats.identifier < :afterIdentifier)
             order by stats.identifier desc
             limit :limit
            """);

    private final JdbcClient client;
    private final NodeRowMapper rowMapper;
    private final NumberSortedNodePageReader numericReader;

    NodePageRepository(
            QueryClient queryClient, GatewayProperties properties, NodeRowMapper rowMapper, FreshnessPolicy freshness) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.rowMapper = rowMapper;
        this.numericReader = new NumberSortedNodePageReader(client, rowMapper, freshness);
    }

    /** Reads one row more than requested, to detect whether there is a next page. */
    NodeResponse.Page find(NodePageQuery query) {
        int rowLimit = query.limit() + 1;
        List<SortedNode> found =
                query.sort().isByIdentifier() ? findByIdentifier(query, rowLimit) : numericReader.find(query, rowLimit);
        return new NodeResponse.Page(
                found.stream().limit(query.limit()).map(SortedNode::node).toList(), nextCursor(found, query));
    }

    private List<SortedNode> findByIdentifier(NodePageQuery query, int rowLimit) {
        return client.sql(selectStatement(query))
                .params(query.filter().sqlParameters())
                .param(
                        "afterIdentifier",
                        query.after() == null ? "" : query.after().position())
                .param("afterKey", query.after() == null ? null : query.after().key())
                .param("limit", rowLimit)
                .query((row, number) -> new SortedNode(rowMapper.mapRow(row, number), "0"))
                .list();
    }

    private static String selectStatement(NodePageQuery query) {
        if (query.sort().descending()) {
            return BY_IDENTIFIER_BACKWARDS;
        }
        return query.filter().isEmpty() ? ALL_BY_IDENTIFIER : BY_IDENTIFIER;
    }

    private static @Nullable String nextCursor(List<SortedNode> found, NodePageQuery query) {
        if (found.size() <= query.limit()) {
            return null;
        }
        SortedNode last = found.get(query.limit() - 1);
        NodeSort sort = query.sort();
        String position = sort.isByIdentifier()
                ? last.node().identifier()
                : last.node().id().toString();
        return new NodePageCursor(sort, last.sortKey(), position).encode();
    }

    /**
     * A node of a page.
     *
     * @param sortKey the sort value, as a number
     */
    record SortedNode(NodeResponse node, String sortKey) {}
}
