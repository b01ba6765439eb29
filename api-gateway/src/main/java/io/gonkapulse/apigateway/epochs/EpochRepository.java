package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.epochs.EpochListResponse.EpochItem;
import io.gonkapulse.apigateway.epochs.EpochPageQuery.Bounds;
import io.gonkapulse.apigateway.epochs.EpochResponse.TopNode;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the epochs of the network, newest first, and single epochs with their best paid nodes. */
@Repository
class EpochRepository {

    /**
     * Walks epoch_totals_pkey backwards. The epochs after the newest settled one have no totals: the running epoch,
     * whose participants are counted in node_facts on the first page, and up to two that wait for their settlement. An
     * empty range has one row with a null epoch.
     */
    static final String LIST = """
            with unsettled as materialized (
                select later.epoch,
                       later.epoch = running.epoch as is_running
                  from running_epoch running
                 cross join (select max(epoch) as epoch from epoch_totals where nodes > 0) newest
                 cross join generate_series(
                       greatest(running.epoch - 2, coalesce(newest.epoch + 1, running.epoch)),
                       running.epoch) as later (epoch)
                 where later.epoch between :first and :last)
            select listed.*,
                   (select settled_at from epoch_totals where epoch = listed.epoch - 1 and nodes > 0) as started_at,
                   case when listed.unclaimed > 0 then @deadlines end as deadlines,
                   counted.total
              from (select (select count(*) from epoch_totals where nodes > 0 and epoch between :first and :last)
                               + (select count(*) from unsettled) as total) counted
              left join lateral (
                   select *
                     from ((select unsettled.epoch,
                                   case
                                       when unsettled.is_running
                                       then (
                                           select count(*)
                                             from node_facts facts
                                             join nodes node on node.id = facts.node_id
                                            where facts.epoch = unsettled.epoch
                                              and node.deleted_at is null)
                                   end as nodes,
                                   null::bigint as approximate_nodes,
                                   null::numeric as earned,
                                   null::numeric as rewarded,
                                   null::numeric as claimed,
                                   null::numeric as unclaimed,
                                   null::numeric as forfeited,
                                   null::numeric as inferences,
                                   null::numeric as missed,
                                   null::numeric as validated,
                                   null::numeric as invalidated,
                                   null::timestamptz as settled_at,
                                   null::bigint as settled_height
                              from unsettled
                             where unsettled.epoch <= :pageLast)
                           union all
                           (select epoch,
                                   nodes,
                                   approximate_nodes,
                                   earned,
                                   rewarded,
                                   claimed,
                                   unclaimed,
                                   forfeited,
                                   inferences,
                                   missed,
                                   validated,
                                   invalidated,
                                   settled_at,
                                   settled_height
                              from epoch_totals
                             where nodes > 0
                               and epoch between :first and :pageLast
                             order by epoch desc
                             limit :limit)) either
                    order by epoch desc
                    limit :limit) listed
                on true
             order by listed.epoch desc
            """.replace("@deadlines", EpochCalendar.DEADLINES);

    /**
     * Walks idx_settlements_epoch until it has ten nodes that are not deleted. Exact settlements come first in the
     * index, so both kinds are read. If all nodes are deleted, there is one row with the median and a null identifier.
     */
    static final String FIND_TOP_NODES = """
            select best.*,
                   (select max(weight) from node_daily where node_id = best.node_id and epoch = :epoch) as weight,
                   (select rank
                      from settlement_ranks
                     where node_id = best.node_id
                       and epoch = :epoch
                       and not exists (select from unranked_epochs where epoch = :epoch)) as rank,
                   middle.median
              from (select percentile_disc(0.5) within group (order by rewarded) as median
                      from epoch_settlements
                     where epoch = :epoch) middle
              left join (
                   select *
                     from ((@best
                               and not settled.approximate
                             order by settled.rewarded desc, settled.node_id
                             limit 10)
                           union all
                           (@best
                               and settled.approximate
                             order by settled.rewarded desc, settled.node_id
                             limit 10)) either
                    order by rewarded desc, node_id
                    limit 10) best
                on true
             order by best.rewarded desc, best.node_id
            """.replace("@best", """
            select settled.node_id,
                   node.identifier,
                   node.display_name,
                   settled.earned,
                   settled.rewarded,
                   settled.claim
              from epoch_settlements settled
              join nodes node on node.id = settled.node_id
             where settled.epoch = :epoch
               and node.deleted_at is null
            """);

    /** Reads the weight of every node, like a page that is sorted by it. */
    private static final String FIND_HEAVIEST_NODES = """
            select node.identifier,
                   node.display_name,
                   null::numeric as earned,
                   null::numeric as rewarded,
                   null::text as claim,
                   stats.voting_weight as weight,
                   null::integer as rank,
                   null::numeric as median
              from node_facts facts
              join node_stats_cache stats on stats.node_id = facts.node_id
              join nodes node on node.id = facts.node_id
             where facts.epoch = :epoch
               and node.deleted_at is null
             order by stats.voting_weight desc nulls last, node.id
             limit 10
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final EpochBoundsRepository boundsRepository;

    EpochRepository(QueryClient queryClient, GatewayProperties properties, EpochBoundsRepository boundsRepository) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
        this.boundsRepository = boundsRepository;
    }

    EpochListResponse list(EpochPageQuery query) {
        Bounds bounds = boundsRepository.find(query.range());
        return queryClient.runRangeQuery(() -> list(bounds, query.before(), query.limit()));
    }

    EpochResponse find(long epoch) {
        return queryClient.runRangeQuery(() -> {
            List<EpochItem> found =
                    list(new Bounds(epoch, epoch), Long.MAX_VALUE, 1).items();
            if (found.isEmpty()) {
                throw ApiException.unknownEpoch(epoch);
            }
            boolean settled = found.get(0).rewardedNgonka() != null;
            if (!settled && found.get(0).participants() == null) {
                // Its nodes report a later epoch now.
                return new EpochResponse(found.get(0), null, List.of());
            }
            List<TopNode> nodes = new ArrayList<>();
            String[] median = {null};
            client.sql(settled ? FIND_TOP_NODES : FIND_HEAVIEST_NODES)
                    .param("epoch", epoch)
                    .query(row -> {
                        if (row.getString("identifier") != null) {
                            nodes.add(mapNode(row));
                        }
                        median[0] = AmountFormatter.formatOptionalNgonka(NodeEpochRepository.amount(row, "median"));
                    });
            return new EpochResponse(found.get(0), median[0], nodes);
        });
    }

    /** Reads one row more than requested, to detect whether there is a next page. */
    private EpochListResponse list(Bounds bounds, long before, int limit) {
        List<EpochItem> found = new ArrayList<>();
        long[] total = {0};
        client.sql(LIST)
                .param("first", bounds.first())
                .param("last", bounds.last())
                .param("pageLast", Math.min(bounds.last(), before - 1))
                .param("limit", limit + 1)
                .query(row -> {
                    total[0] = row.getLong("total");
                    if (row.getObject("epoch") != null) {
                        found.add(mapEpoch(row));
                    }
                });
        return EpochListResponse.of(total[0], found, limit);
    }

    static EpochItem mapEpoch(ResultSet row) throws SQLException {
        Ngonka earned = NodeEpochRepository.amount(row, "earned");
        Ngonka rewarded = NodeEpochRepository.amount(row, "rewarded");
        return new EpochItem(
                row.getLong("epoch"),
                NodeEpochRepository.time(row, "started_at"),
                NodeEpochRepository.time(row, "settled_at"),
                NodeEpochRepository.time(row, "settled_at"),
                row.getObject("settled_height", Long.class),
                row.getObject("nodes", Long.class),
                AmountFormatter.formatOptionalGnk(earned),
                AmountFormatter.formatOptionalNgonka(earned),
                AmountFormatter.formatOptionalGnk(rewarded),
                AmountFormatter.formatOptionalNgonka(rewarded),
                AmountFormatter.formatOptionalNgonka(NodeEpochRepository.amount(row, "claimed")),
                AmountFormatter.formatOptionalNgonka(NodeEpochRepository.amount(row, "unclaimed")),
                AmountFormatter.formatOptionalNgonka(NodeEpochRepository.amount(row, "forfeited")),
                EpochCalendar.parse(row.getString("deadlines"), null).claimBefore(row.getLong("epoch")),
                row.getBigDecimal("inferences"),
                row.getBigDecimal("missed"),
                row.getBigDecimal("validated"),
                row.getBigDecimal("invalidated"),
                rewarded != null && row.getLong("approximate_nodes") == 0);
    }

    private static TopNode mapNode(ResultSet row) throws SQLException {
        Ngonka rewarded = NodeEpochRepository.amount(row, "rewarded");
        BigDecimal weight = row.getBigDecimal("weight");
        String claim = row.getString("claim");
        return new TopNode(
                row.getString("identifier"),
                row.getString("display_name"),
                AmountFormatter.formatOptionalNgonka(NodeEpochRepository.amount(row, "earned")),
                AmountFormatter.formatOptionalGnk(rewarded),
                AmountFormatter.formatOptionalNgonka(rewarded),
                claim == null ? "unknown" : claim,
                AmountFormatter.stripZeros(weight),
                row.getObject("rank", Integer.class));
    }
}
