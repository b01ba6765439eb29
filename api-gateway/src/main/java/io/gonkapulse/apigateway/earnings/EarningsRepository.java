package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryBatcher;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.earnings.EarningsQuery.Bucket;
import io.gonkapulse.apigateway.epochs.EpochCalendar;
import io.gonkapulse.apigateway.epochs.RewardDays;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sums earnings in whole ngonka, in the database. */
@Repository
class EarningsRepository {

    /**
     * Uses nodes_identifier_key, uq_earnings_node_date and the indexes of {@link RewardDays}. The row with a null start
     * has what belongs to the whole range; it shows, too, that a node without earnings exists. The exact spelling of an
     * identifier wins over other cases. Rows of other programs have only {@code earnings_gnk}, so their ngonka are
     * computed.
     */
    static final String FIND_BY_NODE = """
            select requested.place,
                   bucket.start,
                   bucket.ngonka,
                   bucket.sources,
                   bucket.settled,
                   cast(null as bigint) as nodes,
                   case when bucket.start is null then (
                       select min(date) from earnings_history where node_id = node.id) end as history_start,
                   case when bucket.start is null then (@unclaimed) end as unclaimed_days,
                   case when bucket.start is null then (@forfeited) end as forfeited_days,
                   case when bucket.start is null and exists (
                       select from epoch_settlements where node_id = node.id and claim = 'unclaimed')
                       then @deadlines end as deadlines,
                   case when bucket.start is null and :interval = 'day' then @gaps end as settlement_gaps
              from unnest(:given, :lower, :upper) with ordinality as requested (given, lower, upper, place)
             cross join lateral (
                   select id
                     from nodes
                    where identifier in (requested.given, requested.lower, requested.upper)
                      and deleted_at is null
                    order by identifier = requested.given desc
                    limit 1) node
             cross join lateral (
                   select null::date as start,
                          null::numeric as ngonka,
                          null::text as sources,
                          null::boolean as settled
                    union all
                   select date_trunc(:interval, date::timestamp)::date,
                          sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)),
                          string_agg(distinct source, e'\\n'),
                          bool_and(state = 'settled')
                     from earnings_history
                    where node_id = node.id
                      and date between :from and :to
                    group by 1) bucket
             where requested.given is not null
             order by requested.place, bucket.start
            """.replace("@unclaimed", RewardDays.UNCLAIMED.replace("@node", "node.id"))
            .replace("@forfeited", RewardDays.FORFEITED.replace("@node", "node.id"))
            .replace("@deadlines", EpochCalendar.DEADLINES)
            .replace("@gaps", EpochCalendar.SETTLEMENT_GAPS);

    /**
     * Uses earnings_daily_pkey, earning_node_counts_pkey, reward_daily_pkey and epoch_totals_pkey. A node counts once in
     * a bucket, on its first day in it: the day whose previous day with earnings is outside of the bucket or of the
     * range. The row with a null start has what belongs to the whole range.
     */
    static final String FIND_FOR_NETWORK =
            """
            select bucket.start,
                   bucket.ngonka,
                   bucket.sources,
                   bucket.settled,
                   coalesce(counted.nodes, 0) as nodes,
                   null::date as history_start,
                   null::text as unclaimed_days,
                   null::text as forfeited_days,
                   null::text as deadlines,
                   null::text as settlement_gaps
              from (select date_trunc(:interval, date::timestamp)::date as start,
                           sum(earnings_ngonka) as ngonka,
                           string_agg(distinct nullif(source, ''), e'\\n') as sources,
                           sum(provisional_days) = 0 as settled
                      from earnings_daily
                     where date between :from and :to
                       and days > 0
                     group by 1) bucket
              left join (
                   select date_trunc(:interval, date::timestamp)::date as start,
                          sum(nodes)::bigint as nodes
                     from earning_node_counts
                    where date between :from and :to
                      and days_since > date - greatest(date_trunc(:interval, date::timestamp)::date, :from)
                    group by 1) counted
                on counted.start = bucket.start
             union all
            select null,
                   null,
                   null,
                   null,
                   null,
                   (select date from earnings_daily where days > 0 order by date limit 1),
                   (select string_agg(entry, ',')
                      from (select concat_ws(' ', date - date '1970-01-01', unclaimed) as entry
                              from reward_daily
                             where date between :from and :to
                               and unclaimed <> 0
                             union all
                            select concat_ws(' ', settled_on - date '1970-01-01', 0, epoch)
                              from (select (settled_at at time zone 'UTC')::date as settled_on, epoch
                                      from epoch_totals
                                     where nodes > 0
                                       and unclaimed > 0
                                     order by epoch desc
                                     limit 16) newest) entries),
                   (select string_agg(concat_ws(' ', date - date '1970-01-01', forfeited), ',')
                      from reward_daily
                     where date between :from and :to
                       and forfeited <> 0),
                   @deadlines,
                   case when :interval = 'day' then @gaps end
             order by start
            """.replace("@deadlines", EpochCalendar.DEADLINES).replace("@gaps", EpochCalendar.SETTLEMENT_GAPS);

    /** An epoch is longer than a day, so a range has fewer epochs than days. */
    private static final int SPARE_EPOCHS = 10;

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final QueryBatcher<EarningsQuery, EarningsRange> batcher;

    EarningsRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
        this.batcher = queryClient.createBatcher(
                EarningsQuery::hasSameDays, queries -> queryClient.runRangeQuery(() -> findByNodes(queries)));
    }

    EarningsRange find(EarningsQuery query) {
        return query.identifier() == null ? findForNetwork(query) : findByNode(query);
    }

    private EarningsRange findByNode(EarningsQuery query) {
        return batcher.find(query).orElseThrow(() -> ApiException.unknownNode(query.requireIdentifier()));
    }

    /** Finds the earnings of several nodes in the same range. A node that is missing in the result does not exist. */
    private Map<EarningsQuery, EarningsRange> findByNodes(List<EarningsQuery> queries) {
        Map<EarningsQuery, RangeBuilder> found = new HashMap<>();
        prepare(FIND_BY_NODE, queries.get(0))
                .params(IdentifierParameterFactory.forMany(
                        queries.stream().map(EarningsQuery::requireIdentifier).toList()))
                .query(row -> {
                    found.computeIfAbsent(queries.get(row.getInt("place") - 1), first -> new RangeBuilder())
                            .add(row);
                });
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().build()));
    }

    private EarningsRange findForNetwork(EarningsQuery query) {
        RangeBuilder range = new RangeBuilder();
        queryClient.runRangeQuery(() -> {
            prepare(FIND_FOR_NETWORK, query).query(range::add);
            return range;
        });
        return range.build();
    }

    private JdbcClient.StatementSpec prepare(String sql, EarningsQuery query) {
        return client.sql(sql)
                .param("interval", query.interval().apiName())
                .param("from", query.range().from())
                .param("to", query.range().to())
                .param(
                        "epochs",
                        Math.max(0, ChronoUnit.DAYS.between(query.range().from(), query.today())) + SPARE_EPOCHS);
    }

    /** Collects the rows of one node, or of the network. */
    private static final class RangeBuilder {

        private final List<Bucket> buckets = new ArrayList<>();
        private @Nullable LocalDate historyStart;
        private RewardDays rewards = RewardDays.parse(null, null);
        private EpochCalendar calendar = EpochCalendar.parse(null, null);

        private void add(ResultSet row) throws SQLException {
            LocalDate start = row.getObject("start", LocalDate.class);
            if (start == null) {
                historyStart = row.getObject("history_start", LocalDate.class);
                rewards = RewardDays.parse(row.getString("unclaimed_days"), row.getString("forfeited_days"));
                calendar = EpochCalendar.parse(row.getString("deadlines"), row.getString("settlement_gaps"));
                return;
            }
            String sources = row.getString("sources");
            buckets.add(new Bucket(
                    start,
                    AmountFormatter.toNgonka(row.getBigDecimal("ngonka")),
                    sources == null ? List.of() : sources.lines().sorted().toList(),
                    row.getBoolean("settled") ? "settled" : "provisional",
                    row.getObject("nodes", Long.class)));
        }

        private EarningsRange build() {
            return new EarningsRange(buckets, historyStart, rewards, calendar);
        }
    }

    /**
     * What the tables have about a range of days.
     *
     * @param buckets those with a row, oldest first
     * @param historyStart the first day with a row, in the range or not; null if there is none
     * @param rewards at least those of the range
     * @param calendar at least that of the range, for days
     */
    record EarningsRange(
            List<Bucket> buckets, @Nullable LocalDate historyStart, RewardDays rewards, EpochCalendar calendar) {}
}
