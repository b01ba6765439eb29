package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryBatcher;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.epochs.EpochCalendar;
import io.gonkapulse.apigateway.epochs.RewardDays;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import io.gonkapulse.apigateway.nodes.NodeRepository.NodeEarningsHistory.Day;
import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads single nodes with their last thirty days and their total. */
@Repository
class NodeRepository {

    /**
     * Uses nodes_identifier_key, uq_earnings_node_date and node_earnings_pkey. The aggregator updates the stored total
     * in the transaction of the days, so it is exact; for a node without one, the days are summed here. The days are
     * arrays, so that the columns of the node are not repeated for each day.
     */
    static final String FIND = """
            select requested.place,
                   stats.*,
                   coalesce(earned.total, summed.total) as total,
                   day.*,
                   reward.*,
                   case when reward.unclaimed_epoch is not null then @deadlines end as deadlines,
                   (@forfeited) as forfeited_days,
                   (select min(date) from earnings_history where node_id = stats.node_id) as history_start,
                   @gaps as settlement_gaps
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
              left join node_earnings earned
                on earned.node_id = stats.node_id
             cross join lateral (
                   select coalesce(sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)), 0) as total
                     from earnings_history
                    where node_id = stats.node_id
                      and earned.total is null) summed
             cross join lateral (
                   select array_agg(one.date - date '1970-01-01') as epoch_days,
                          array_agg(coalesce(one.earnings_ngonka, one.earnings_gnk * 1000000000)) as day_ngonka,
                          array_agg(one.source) as day_sources,
                          array_agg(one.state) as day_states
                     from (select *
                             from earnings_history
                            where node_id = stats.node_id
                              and date > cast(:today as date) - 30
                              and date <= :today
                            order by date) one) day
             cross join lateral (
                   select sum(rewarded) as unclaimed,
                          min(epoch) filter (where rewarded > 0) as unclaimed_epoch,
                          @unclaimed_days as unclaimed_days
                     from epoch_settlements
                    where node_id = stats.node_id
                      and claim = 'unclaimed') reward
             where requested.given is not null
            """.replace("@deadlines", EpochCalendar.DEADLINES)
            .replace("@gaps", EpochCalendar.SETTLEMENT_GAPS)
            .replace("@forfeited", RewardDays.FORFEITED.replace("@node", "stats.node_id"))
            .replace("@unclaimed_days", RewardDays.UNCLAIMED_ENTRIES);

    /** An epoch is longer than a day, so these are more epochs than the thirty days have. */
    private static final int CALENDAR_EPOCHS = 40;

    private final JdbcClient client;
    private final NodeRowMapper rowMapper;
    private final QueryBatcher<NodeQuery, NodeEarningsHistory> batcher;

    NodeRepository(QueryClient queryClient, GatewayProperties properties, NodeRowMapper rowMapper) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.rowMapper = rowMapper;
        this.batcher = queryClient.createBatcher(NodeQuery::hasSameDay, this::find);
    }

    NodeEarningsHistory find(NodeQuery query) {
        return batcher.find(query).orElseThrow(() -> ApiException.unknownNode(query.identifier()));
    }

    /** Finds several nodes for the same day. A node that is missing in the result does not exist. */
    private Map<NodeQuery, NodeEarningsHistory> find(List<NodeQuery> queries) {
        LocalDate today = queries.get(0).today();
        Map<NodeQuery, NodeEarningsHistory> found = new HashMap<>();
        client.sql(FIND)
                .params(IdentifierParameterFactory.forMany(
                        queries.stream().map(NodeQuery::identifier).toList()))
                .param("today", today)
                .param("epochs", CALENDAR_EPOCHS)
                .query(row -> {
                    found.put(queries.get(row.getInt("place") - 1), mapHistory(row, today));
                });
        return found;
    }

    NodeEarningsHistory mapHistory(ResultSet row, LocalDate today) throws SQLException {
        return new NodeEarningsHistory(
                rowMapper.mapRow(row, 0),
                AmountFormatter.toNgonka(row.getBigDecimal("total")),
                mapDays(row),
                RewardDays.parse(row.getString("unclaimed_days"), row.getString("forfeited_days")),
                EpochCalendar.parse(row.getString("deadlines"), row.getString("settlement_gaps")),
                row.getObject("history_start", LocalDate.class),
                today);
    }

    /** The four arrays are null for a node without earnings, because {@code array_agg} over no rows is null. */
    private static List<Day> mapDays(ResultSet row) throws SQLException {
        Array dates = row.getArray("epoch_days");
        if (dates == null) {
            return List.of();
        }
        Integer[] epochDays = (Integer[]) dates.getArray();
        BigDecimal[] amounts = (BigDecimal[]) row.getArray("day_ngonka").getArray();
        @Nullable String[] sources = (String[]) row.getArray("day_sources").getArray();
        String[] states = (String[]) row.getArray("day_states").getArray();
        return IntStream.range(0, epochDays.length)
                .mapToObj(i -> new Day(
                        LocalDate.ofEpochDay(epochDays[i]),
                        AmountFormatter.toNgonka(amounts[i]),
                        sources[i],
                        states[i]))
                .toList();
    }

    /** The identifier of a node, and the current day, which ends the history. */
    record NodeQuery(String identifier, LocalDate today) {

        boolean hasSameDay(NodeQuery other) {
            return today.equals(other.today);
        }
    }

    /**
     * A node with its earnings.
     *
     * @param total of all days
     * @param days of the last thirty days, oldest first; days without a row are missing
     * @param rewards of all days
     * @param calendar of at least the last thirty days
     * @param historyStart the first day with a row; null if there is none
     */
    record NodeEarningsHistory(
            NodeResponse node,
            Ngonka total,
            List<Day> days,
            RewardDays rewards,
            EpochCalendar calendar,
            @Nullable LocalDate historyStart,
            LocalDate today) {

        /** @param state null for a day that has unclaimed or forfeited rewards and no row */
        record Day(
                LocalDate date,
                Ngonka earnings,
                @Nullable String source,
                @Nullable String state) {}

        /** The sum of the last {@code count} days, including today. */
        Ngonka sumOfLastDays(int count) {
            LocalDate before = today.minusDays(count);
            return days.stream()
                    .filter(day -> day.date().isAfter(before))
                    .map(Day::earnings)
                    .reduce(Ngonka.ZERO, Ngonka::plus);
        }
    }
}
