package io.gonkapulse.apigateway.history;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.history.HistoryQuery.Metric;
import io.gonkapulse.apigateway.history.HistoryResponse.HistoryBucket;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads series of one node or of the network for charts. */
@Repository
class HistoryRepository {

    /**
     * Uses nodes_identifier_key and the primary key of the metric's table. A node without data in the range has one row
     * with a null start.
     */
    private static final String FIND_BY_NODE = """
            select bucket.*,
                   @start as history_start
              from (select id
                      from nodes
                     where identifier in (:given, :lower, :upper)
                       and deleted_at is null
                     order by identifier = :given desc
                     limit 1) node
              left join lateral (@buckets) bucket
                on true
             order by bucket.start
            """;

    /** Uses network_daily_pkey. A range without data has one row with a null start. */
    private static final String FIND_FOR_NETWORK = """
            select bucket.*,
                   (select day
                      from network_daily
                     where @value is not null
                     order by day
                     limit 1) as history_start
              from (select 1) one
              left join (
                   select date_trunc(:interval, day::timestamp)::date as start,
                          @aggregate as value,
                          @seen as seen_minutes
                     from network_daily
                    where day between :from and :to
                    group by 1
                   having @aggregate is not null) bucket
                on true
             order by bucket.start
            """;

    private static final String UPTIME = """
            round(100.0 * sum(healthy_minutes) / nullif(sum(seen_minutes), 0), 2)""";

    /** Healthy minutes are counted as in the health route: seen, and neither unhealthy nor jailed. */
    private static final Map<Metric, String> NODE_BUCKETS = Map.of(
            Metric.WEIGHT, """
                    select date_trunc(:interval, day::timestamp)::date as start,
                           max(weight)::numeric as value,
                           null::numeric as seen_minutes
                      from node_daily
                     where node_id = node.id
                       and day between :from and :to
                     group by 1""",
            Metric.INFERENCES, """
                    select date_trunc(:interval, date::timestamp)::date as start,
                           sum(inferences) as value,
                           null::numeric as seen_minutes
                      from earnings_history
                     where node_id = node.id
                       and date between :from and :to
                     group by 1""",
            Metric.UPTIME, """
                    select date_trunc(:interval, hour at time zone 'UTC')::date as start,
                           @uptime as value,
                           sum(seen_minutes) as seen_minutes
                      from (select hour,
                                   bit_count((seen | unhealthy | jailed)::bit(64)) as seen_minutes,
                                   bit_count((seen & ~unhealthy & ~jailed)::bit(64)) as healthy_minutes
                              from node_health_hourly
                             where node_id = node.id
                               and hour >= cast(:from as date)::timestamp at time zone 'UTC'
                               and hour < (cast(:to as date) + 1)::timestamp at time zone 'UTC') minutes
                     group by 1
                    having sum(seen_minutes) > 0""".replace("@uptime", UPTIME));

    private static final Map<Metric, String> NODE_STARTS = Map.of(
            Metric.WEIGHT, "(select min(day) from node_daily where node_id = node.id)",
            Metric.INFERENCES, "(select min(date) from earnings_history where node_id = node.id)",
            Metric.UPTIME, """
                    (select (min(hour) at time zone 'UTC')::date from node_health_hourly where node_id = node.id)""");

    private final QueryClient queryClient;
    private final JdbcClient client;

    HistoryRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
    }

    HistoryResponse find(HistoryQuery query) {
        return queryClient.runRangeQuery(() -> query.identifier() == null ? findForNetwork(query) : findByNode(query));
    }

    private HistoryResponse findByNode(HistoryQuery query) {
        String identifier = Objects.requireNonNull(query.identifier());
        HistoryCollector found = new HistoryCollector();
        client.sql(statementByNode(query.metric()))
                .params(IdentifierParameterFactory.forOne(identifier))
                .param("interval", query.interval().apiName())
                .param("from", query.range().from())
                .param("to", query.range().to())
                .query(found::add);
        if (found.rows == 0) {
            throw ApiException.unknownNode(identifier);
        }
        return HistoryResponse.of(query, found.start, found.buckets);
    }

    private HistoryResponse findForNetwork(HistoryQuery query) {
        HistoryCollector found = new HistoryCollector();
        client.sql(statementForNetwork(query.metric()))
                .param("interval", query.interval().apiName())
                .param("from", query.range().from())
                .param("to", query.range().to())
                .query(found::add);
        return HistoryResponse.of(query, found.start, found.buckets);
    }

    static String statementByNode(Metric metric) {
        return FIND_BY_NODE.replace("@buckets", NODE_BUCKETS.get(metric)).replace("@start", NODE_STARTS.get(metric));
    }

    static String statementForNetwork(Metric metric) {
        return switch (metric) {
            case WEIGHT -> statementForNetwork("weight", "max(weight)", "null::numeric");
            case INFERENCES -> statementForNetwork("inferences", "sum(inferences)", "null::numeric");
            // Days before the first weight are known by their inferences only.
            case PARTICIPANTS ->
                statementForNetwork("nullif(participants, 0)", "max(nullif(participants, 0))", "null::numeric");
            case UPTIME -> statementForNetwork("nullif(seen_minutes, 0)", UPTIME, "sum(seen_minutes)");
        };
    }

    private static String statementForNetwork(String value, String aggregate, String seen) {
        return FIND_FOR_NETWORK
                .replace("@value", value)
                .replace("@aggregate", aggregate)
                .replace("@seen", seen);
    }

    /** Collects the rows of a statement. */
    private static final class HistoryCollector {

        private final List<HistoryBucket> buckets = new ArrayList<>();
        private int rows;
        private @Nullable LocalDate start;

        private void add(ResultSet row) throws SQLException {
            rows++;
            start = row.getObject("history_start", LocalDate.class);
            LocalDate bucket = row.getObject("start", LocalDate.class);
            if (bucket != null) {
                buckets.add(new HistoryBucket(
                        bucket,
                        Objects.requireNonNull(AmountFormatter.stripZeros(row.getBigDecimal("value"))),
                        AmountFormatter.stripZeros(row.getBigDecimal("seen_minutes"))));
            }
        }
    }
}
