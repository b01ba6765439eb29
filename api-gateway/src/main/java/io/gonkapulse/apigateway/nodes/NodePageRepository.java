package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.DataVersionCache;
import io.gonkapulse.apigateway.http.DataVersionMonitor;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pages of nodes. */
@Repository
class NodePageRepository {

    /** An inactive node serves no model. */
    static final String SERVES_MODEL = """
            (cast(:model as text) is null
                or (stats.status is distinct from 'inactive'
                    and (stats.active_model = :model or :model = any (stats.models))))""";

    private static final String FILTERS = """
            (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
               and (cast(:gpuType as text) is null or stats.gpu_type = :gpuType)
               and (cast(:region as text) is null or stats.region = :region)
               and (cast(:words as text) is null
                    or strpos(lower(stats.identifier), lower(:words)) > 0
                    or strpos(lower(stats.display_name), lower(:words)) > 0)
               and @serves_model""".replace("@serves_model", SERVES_MODEL);

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
             where @filters
               and stats.identifier > :afterIdentifier
             order by stats.identifier
             limit :limit
            """.replace("@filters", FILTERS));

    /** Uses nodes_identifier_key. */
    static final String BY_IDENTIFIER_BACKWARDS = NodeRowMapper.addRewards("""
            select stats.*,
                   @reward_columns
              from current_node_stats stats
              @join_reward
             where @filters
               and (cast(:afterKey as text) is null or stats.identifier < :afterIdentifier)
             order by stats.identifier desc
             limit :limit
            """.replace("@filters", FILTERS));

    private static final String COUNT_ALL = """
            select count(*)
              from nodes
             where deleted_at is null
            """;

    /** Reads the view of every node, like a range query. */
    private static final String COUNT_FILTERED = """
            select count(*)
              from current_node_stats stats
             where @filters
            """.replace("@filters", FILTERS);

    private static final int MAX_TOTALS = 1_000;

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final JdbcClient countingClient;
    private final NodeRowMapper rowMapper;
    private final NumberSortedNodePageReader numericReader;
    private final DataVersionCache<NodePageQuery.Filter, Long> totals;

    NodePageRepository(
            QueryClient queryClient,
            GatewayProperties properties,
            NodeRowMapper rowMapper,
            FreshnessPolicy freshness,
            DataVersionMonitor dataVersion) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.countingClient = queryClient.createJdbcClient(properties.rangeTimeout());
        this.totals = new DataVersionCache<>(dataVersion, MAX_TOTALS);
        this.rowMapper = rowMapper;
        this.numericReader = new NumberSortedNodePageReader(client, rowMapper, freshness);
    }

    /** Reads one row more than requested, to detect whether there is a next page. */
    NodeResponse.Page find(NodePageQuery query) {
        int rowLimit = query.limit() + 1;
        List<SortedNode> found = queryClient.runLookup(() -> query.sort().isByIdentifier()
                ? findByIdentifier(query, rowLimit)
                : numericReader.find(query, rowLimit));
        return new NodeResponse.Page(
                found.stream().limit(query.limit()).map(SortedNode::node).toList(),
                total(query, found.size()),
                nextCursor(found, query));
    }

    /** A first page that is also the last one needs no count. Others reuse it until the data change. */
    private long total(NodePageQuery query, int found) {
        return query.after() == null && found <= query.limit()
                ? found
                : totals.find(query.filter(), () -> count(query.filter()));
    }

    private long count(NodePageQuery.Filter filter) {
        if (filter.isEmpty()) {
            return countingClient.sql(COUNT_ALL).query(Long.class).single();
        }
        return queryClient.runRangeQuery(() -> countingClient
                .sql(COUNT_FILTERED)
                .params(filter.sqlParameters())
                .query(Long.class)
                .single());
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
