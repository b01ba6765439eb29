package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.nodes.NodePageRepository.SortedNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads pages that are sorted by a number. It reads only the number and the filter columns of all nodes, and the other
 * columns for the nodes of the page. The numbers have no index: they change with every poll, and an index on each would
 * make that update slower than the pages are.
 */
final class NumberSortedNodePageReader {

    /** PostgreSQL sorts NaN after Infinity, which is the key of nodes without a value. */
    private static final String UNREPORTED_KEY = "NaN";

    private static final Map<String, String> SORT_EXPRESSIONS = Map.of(
            "weight", "stats.voting_weight",
            "earningsDay", """
                    case when (stats.fetched_at at time zone 'UTC')::date = :today
                           and coalesce(stats.earnings_date = :today, true)
                         then coalesce(stats.earnings_day_ngonka * 0.000000001, stats.earnings_day) end""",
            "earningsTotal", "coalesce(stats.earnings_total_ngonka * 0.000000001, stats.earnings_total)",
            "uptime", "stats.uptime_percent",
            "fetchedAt", "extract(epoch from stats.fetched_at)");

    /**
     * The total of each node. A node that is known from settlements alone is inactive and shows its total. Only such
     * nodes need the look-ups.
     */
    private static final String TOTAL = """
            case
                when stats.node_id is not null then @reported
                else (
                    select earned.total * 0.000000001
                      from node_earnings earned
                     where earned.node_id = wanted.wanted_id
                       and (select max(settled.epoch)
                              from epoch_settlements settled
                             where settled.node_id = earned.node_id) < (select epoch from running_epoch))
            end""".replace("@reported", SORT_EXPRESSIONS.get("earningsTotal"));

    /** The nodes, where more than those with stats are needed. */
    private static final String WANTED_NODES = """
            wanted as materialized (
                select node.id as wanted_id
                  from nodes node
                 where node.deleted_at is null
                   and (cast(:gpuType as text) is null or node.gpu_type = :gpuType)
                   and (cast(:region as text) is null or node.region = :region)
                   and (cast(:words as text) is null
                        or strpos(lower(node.identifier), lower(:words)) > 0
                        or strpos(lower(node.display_name), lower(:words)) > 0)),
            """;

    /**
     * Only the view knows which nodes are offline. This condition selects every node that a tracker may have missed.
     */
    private static final String MAY_BE_OFFLINE = """
            stats.fetched_at < (
                select max(greatest(coverage.pending_at, coverage.success_at)
                           - 3 * tracker.interval_ms * interval '1 millisecond')
                  from tracker_coverage coverage
                  join trackers tracker on tracker.name = coverage.tracker)""";

    /**
     * The rule of the view for nodes with stats. A look-up in the view would read twice as much for each inactive node,
     * and an old network has thousands of them.
     */
    private static final String INACTIVE = """
            coalesce(@may_be_offline, false)
            and exists (
                select
                  from node_facts facts
                  join trackers tracker on tracker.name = stats.source
                  join tracker_coverage coverage
                    on coverage.tracker = stats.source
                   and coverage.partition = facts.partition
                  left join consumer_offsets applied
                    on applied.consumer_group = 'stats-writer'
                   and applied.topic = 'tracker.snapshots'
                   and applied.partition = facts.partition
                 where facts.node_id = stats.node_id
                   and facts.epoch < (select epoch from running_epoch)
                   and case
                           when applied.next_offset >= coverage.pending_offset then coverage.pending_at
                           else coverage.success_at
                       end > stats.fetched_at + 3 * tracker.interval_ms * interval '1 millisecond')
            """.replace("@may_be_offline", MAY_BE_OFFLINE);

    private static final String REPORTS_MODEL = """
            stats.active_model = :model
            or exists (
                select
                  from node_facts facts
                 where facts.node_id = stats.node_id
                   and :model = any (facts.models))""";

    private static final String IS_REPORTED = """
            exists (select from node_stats_cache cached where cached.node_id = stats.node_id)""";

    /**
     * Selects the candidates with the lowest sort keys, then those that match all filters. Descending orders use
     * negated keys. The ids in an array force a look-up by key, whatever the table statistics are.
     */
    private static final String PAGE = NodeRowMapper.addRewards("""
            with @wanted candidates as materialized (
                select node_id, sort_key
                  from (select @node as node_id,
                               coalesce(
                                   case
                                       when @without_value then null
                                       else (@value) * cast(:direction as integer)
                                   end,
                                   cast(case when @unreported then 'NaN' else 'Infinity' end as numeric)) as sort_key
                          from @nodes
                         where (@model)
                           and (@status)) keyed
                 where cast(:afterKey as numeric) is null
                    or (sort_key, node_id) > (cast(:afterKey as numeric), cast(:afterNode as uuid))
                 order by sort_key, node_id
                 limit :candidates),
            matching as (
                select stats.*, candidates.sort_key
                  from candidates
                  join current_node_stats stats on stats.node_id = candidates.node_id
                 where stats.node_id = any (array(select node_id from candidates))
                   and (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
                   and @serves_model
                 order by candidates.sort_key, candidates.node_id
                 limit :limit)
            select page_end.*,
                   stats.*,
                   @reward_columns,
                   stats.sort_key::text as cursor_key
              from (select count(*) as candidates,
                           (array_agg(sort_key order by sort_key, node_id))[count(*)]::text as last_key,
                           (array_agg(node_id order by sort_key, node_id))[count(*)] as last_node
                      from candidates) page_end
              left join matching stats on true
              @join_reward
             order by stats.sort_key, stats.node_id
            """);

    /** Runs only if the other nodes do not fill the page. */
    private static final String UNREPORTED = NodeRowMapper.addRewards("""
            select stats.*,
                   @reward_columns
              from current_node_stats stats
              @join_reward
             where stats.node_id = any (array(
                   select node.id
                     from nodes node
                    where node.deleted_at is null
                      and not exists (select from node_stats_cache cached where cached.node_id = node.id)
                      and (cast(:statuses as text) is null
                           or (select seen.status from current_node_stats seen where seen.node_id = node.id) = 'inactive')
                      and (cast(:afterNode as uuid) is null or node.id > cast(:afterNode as uuid))
                    order by node.id
                    limit :limit))
             order by stats.node_id
            """);

    /** Extra candidates for nodes that are offline despite their reported status. */
    private static final int SPARE_CANDIDATES = 100;

    /**
     * The growth factor of the candidates. Without a status filter only deleted nodes are candidates that do not match.
     */
    private static final int CANDIDATE_GROWTH = 8;

    private final JdbcClient client;
    private final NodeRowMapper rowMapper;
    private final FreshnessPolicy freshness;

    NumberSortedNodePageReader(JdbcClient client, NodeRowMapper rowMapper, FreshnessPolicy freshness) {
        this.client = client;
        this.rowMapper = rowMapper;
        this.freshness = freshness;
    }

    List<SortedNode> find(NodePageQuery query, int rowLimit) {
        if (startsWithNodes(query) || !query.filter().matchesUnreported()) {
            return findCandidates(query, rowLimit);
        }
        if (query.after() != null && query.after().key().equals(UNREPORTED_KEY)) {
            return findUnreported(query, query.after().position(), rowLimit);
        }
        List<SortedNode> found = new ArrayList<>(findCandidates(query, rowLimit));
        if (found.size() < rowLimit) {
            found.addAll(findUnreported(query, null, rowLimit - found.size()));
        }
        return found;
    }

    private List<SortedNode> findCandidates(NodePageQuery query, int rowLimit) {
        boolean ofStatus = query.filter().hasStatus();
        String sql = buildStatement(query, "node_stats_cache");
        int candidates = ofStatus ? rowLimit * 2 + SPARE_CANDIDATES : rowLimit;
        String key = query.after() == null ? null : query.after().key();
        String node = query.after() == null ? null : query.after().position();
        List<SortedNode> found = new ArrayList<>();
        boolean more = true;
        while (more && found.size() < rowLimit) {
            CandidateBatch batch = client.sql(sql)
                    .params(query.filter().sqlParameters())
                    .param("direction", query.sort().descending() ? -1 : 1)
                    .param("today", freshness.today())
                    .param("afterKey", key)
                    .param("afterNode", node)
                    .param("candidates", candidates)
                    .param("limit", rowLimit - found.size())
                    .query(this::mapBatch);
            found.addAll(batch.found());
            more = batch.candidates() == candidates;
            key = batch.lastKey();
            node = batch.lastNode();
            sql = ofStatus ? buildStatement(query, "current_node_stats") : sql;
            candidates = ofStatus ? rowLimit - found.size() : candidates * CANDIDATE_GROWTH;
        }
        return found;
    }

    /** Whether nodes without stats are candidates, too. Otherwise they follow in a statement of their own. */
    private static boolean startsWithNodes(NodePageQuery query) {
        return query.filter().hasNodeProperties()
                || (query.sort().isByTotal() && query.filter().matchesUnreported());
    }

    /** @param table the cache table, or the view, which knows the offline nodes and takes five times as long */
    static String buildStatement(NodePageQuery query, String table) {
        NodePageQuery.Filter filter = query.filter();
        boolean view = !table.equals("node_stats_cache");
        boolean nodes = startsWithNodes(query);
        // Inactive nodes show their total, but no other number.
        String inactive = view ? "stats.status = 'inactive'" : INACTIVE;
        boolean totalOfNodes = nodes && !view && query.sort().isByTotal();
        return PAGE.replace("@wanted", nodes ? WANTED_NODES : "")
                .replace(
                        "@nodes",
                        nodes
                                ? "wanted left join " + table + " stats on stats.node_id = wanted.wanted_id"
                                : table + " stats")
                .replace("@node", nodes ? "wanted.wanted_id" : "stats.node_id")
                .replace(
                        "@value",
                        totalOfNodes ? TOTAL : SORT_EXPRESSIONS.get(query.sort().field()))
                .replace("@unreported", view && filter.hasInactive() ? "not " + IS_REPORTED : "stats.node_id is null")
                .replace("@without_value", query.sort().isByTotal() ? "false" : inactive)
                .replace("@model", selectModel(filter, view))
                .replace("@status", selectStatus(filter, view, nodes))
                .replace("@serves_model", NodePageRepository.SERVES_MODEL);
    }

    private static String selectModel(NodePageQuery.Filter filter, boolean view) {
        if (filter.model() == null) {
            return "true";
        }
        return view ? NodePageRepository.SERVES_MODEL : REPORTS_MODEL;
    }

    private static String selectStatus(NodePageQuery.Filter filter, boolean view, boolean nodes) {
        if (!filter.hasStatus()) {
            return "true";
        }
        String status = "stats.status = any (string_to_array(:statuses, ','))";
        if (view) {
            // The nodes without stats follow in a statement of their own.
            return filter.hasInactive() && !nodes ? "(" + status + ") and " + IS_REPORTED : status;
        }
        if (filter.hasInactive()) {
            return status + " or " + MAY_BE_OFFLINE + " or stats.node_id is null";
        }
        return filter.statuses().contains("offline") ? status + " or " + MAY_BE_OFFLINE : status;
    }

    private CandidateBatch mapBatch(ResultSet rows) throws SQLException {
        List<SortedNode> found = new ArrayList<>();
        CandidateBatch batch = new CandidateBatch(found, 0, null, null);
        while (rows.next()) {
            batch = new CandidateBatch(
                    found, rows.getLong("candidates"), rows.getString("last_key"), rows.getString("last_node"));
            String key = rows.getString("cursor_key");
            if (key != null) {
                found.add(new SortedNode(rowMapper.mapRow(rows, found.size()), key));
            }
        }
        return batch;
    }

    private List<SortedNode> findUnreported(NodePageQuery query, @Nullable String after, int rowLimit) {
        return client.sql(UNREPORTED)
                .params(query.filter().sqlParameters())
                .param("afterNode", after)
                .param("limit", rowLimit)
                .query((row, number) -> new SortedNode(rowMapper.mapRow(row, number), UNREPORTED_KEY))
                .list();
    }

    /** The matching candidates, and the position of the last candidate. */
    private record CandidateBatch(
            List<SortedNode> found,
            long candidates,
            @Nullable String lastKey,
            @Nullable String lastNode) {}
}
