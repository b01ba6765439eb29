package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.epochs.EpochPageQuery.Bounds;
import io.gonkapulse.apigateway.epochs.NodeEpochListResponse.NodeEpoch;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the epochs of one node, newest first. */
@Repository
class NodeEpochRepository {

    /**
     * Uses nodes_identifier_key, epoch_settlements_pkey, earnings_ledger_pkey, idx_node_daily_epoch and
     * settlement_ranks_pkey. An epoch that is not settled has its counters in the ledger. A node without epochs has
     * one row with a null epoch.
     */
    static final String FIND = """
            select listed.epoch,
                   (select settled_at from epoch_totals where epoch = listed.epoch - 1 and nodes > 0) as started_at,
                   case
                       when settled.settled_at is null
                       then (select settled_at from epoch_totals where epoch = listed.epoch and nodes > 0)
                       else settled.settled_at
                   end as ended_at,
                   settled.settled_at,
                   settled.settled_height,
                   settled.claim,
                   settled.forfeited_at,
                   settled.rewarded,
                   coalesce(settled.earned, live.earned) as earned,
                   coalesce(settled.inferences, live.inferences) as inferences,
                   coalesce(settled.missed, live.missed) as missed,
                   coalesce(settled.validated, live.validated) as validated,
                   coalesce(settled.invalidated, live.invalidated) as invalidated,
                   heaviest.weight,
                   not coalesce(settled.approximate, true) as exact,
                   (select rank
                      from settlement_ranks
                     where node_id = node.id
                       and epoch = listed.epoch
                       and not exists (select from unranked_epochs where epoch = listed.epoch)) as rank,
                   case when settled.claim = 'unclaimed' and settled.rewarded > 0 then @deadlines end as deadlines,
                   counted.total
              from (select id
                      from nodes
                     where identifier in (:given, :lower, :upper)
                       and deleted_at is null
                     order by identifier = :given desc
                     limit 1) node
             cross join lateral (
                   select count(*) as total
                     from (select epoch
                             from epoch_settlements
                            where node_id = node.id
                              and epoch between :first and :last
                            union
                           select epoch
                             from earnings_ledger
                            where node_id = node.id
                              and epoch between :first and :last) known) counted
              left join lateral (
                   select epoch
                     from ((select epoch
                              from epoch_settlements
                             where node_id = node.id
                               and epoch between :first and :pageLast
                             order by epoch desc
                             limit :limit)
                            union
                           (select distinct epoch
                              from earnings_ledger
                             where node_id = node.id
                               and epoch between :first and :pageLast
                             order by epoch desc
                             limit :limit)) known
                    order by epoch desc
                    limit :limit) listed
                on true
              left join epoch_settlements settled
                on settled.node_id = node.id
               and settled.epoch = listed.epoch
              left join lateral (
                   select max(earned) as earned,
                          max(inferences) as inferences,
                          max(missed) as missed,
                          max(validated) as validated,
                          max(invalidated) as invalidated
                     from earnings_ledger
                    where node_id = node.id
                      and epoch = listed.epoch
                      and settled.epoch is null) live
                on true
              left join lateral (
                   select max(weight) as weight
                     from node_daily where node_id = node.id and epoch = listed.epoch) heaviest
                on true
             order by listed.epoch desc
            """.replace("@deadlines", EpochCalendar.DEADLINES);

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final EpochBoundsRepository boundsRepository;

    NodeEpochRepository(QueryClient queryClient, GatewayProperties properties, EpochBoundsRepository boundsRepository) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.boundsRepository = boundsRepository;
    }

    /** Reads one row more than requested, to detect whether there is a next page. */
    NodeEpochListResponse find(EpochPageQuery query) {
        String identifier = Objects.requireNonNull(query.identifier());
        Bounds bounds = boundsRepository.find(query.range());
        List<NodeEpoch> found = new ArrayList<>();
        long[] total = {-1};
        queryClient.runLookup(() -> {
            client.sql(FIND)
                    .params(IdentifierParameterFactory.forOne(identifier))
                    .param("first", bounds.first())
                    .param("last", bounds.last())
                    .param("pageLast", Math.min(bounds.last(), query.before() - 1))
                    .param("limit", query.limit() + 1)
                    .query(row -> {
                        total[0] = row.getLong("total");
                        if (row.getObject("epoch") != null) {
                            found.add(mapEpoch(row));
                        }
                    });
            return found;
        });
        if (total[0] < 0) {
            throw ApiException.unknownNode(identifier);
        }
        return NodeEpochListResponse.of(identifier, total[0], found, query.limit());
    }

    private static NodeEpoch mapEpoch(ResultSet row) throws SQLException {
        long epoch = row.getLong("epoch");
        String claim = row.getString("claim");
        Ngonka earned = amount(row, "earned");
        Ngonka rewarded = amount(row, "rewarded");
        return new NodeEpoch(
                epoch,
                time(row, "started_at"),
                time(row, "ended_at"),
                time(row, "settled_at"),
                row.getObject("settled_height", Long.class),
                AmountFormatter.formatOptionalGnk(earned),
                AmountFormatter.formatOptionalNgonka(earned),
                AmountFormatter.formatOptionalGnk(rewarded),
                AmountFormatter.formatOptionalNgonka(rewarded),
                claim == null ? "unknown" : claim,
                EpochCalendar.parse(row.getString("deadlines"), null).claimBefore(epoch),
                time(row, "forfeited_at"),
                row.getObject("inferences", Long.class),
                row.getObject("missed", Long.class),
                row.getObject("validated", Long.class),
                row.getObject("invalidated", Long.class),
                row.getObject("weight", Long.class),
                row.getBoolean("exact"),
                row.getObject("rank", Integer.class));
    }

    static @Nullable Ngonka amount(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? null : AmountFormatter.toNgonka(amount);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
