package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryBatcher;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.earnings.EarningsQuery.Bucket;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sums earnings in whole ngonka, in the database. */
@Repository
class EarningsRepository {

    /**
     * Uses nodes_identifier_key and uq_earnings_node_date. A node without earnings has one row with a null start. The
     * exact spelling of an identifier wins over other cases. Rows of other programs have only {@code earnings_gnk}, so
     * their ngonka are computed.
     */
    private static final String FIND_BY_NODE = """
            select requested.place,
                   bucket.start,
                   bucket.ngonka,
                   bucket.source,
                   bucket.settled,
                   cast(null as bigint) as nodes
              from unnest(:given, :lower, :upper) with ordinality as requested (given, lower, upper, place)
             cross join lateral (
                   select id
                     from nodes
                    where identifier in (requested.given, requested.lower, requested.upper)
                      and deleted_at is null
                    order by identifier = requested.given desc
                    limit 1) node
              left join lateral (
                   select date_trunc(:interval, date::timestamp)::date as start,
                          sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)) as ngonka,
                          string_agg(distinct source, ',') as source,
                          bool_and(state = 'settled') as settled
                     from earnings_history
                    where node_id = node.id
                      and date between :from and :to
                    group by 1) bucket
                on true
             where requested.given is not null
             order by requested.place, bucket.start
            """;

    /**
     * Uses earnings_daily_pkey and earning_node_counts_pkey. A node counts once in a bucket, on its first day in it:
     * the day whose previous day with earnings is outside of the bucket or of the range.
     */
    static final String FIND_FOR_NETWORK = """
            select bucket.start,
                   bucket.ngonka,
                   bucket.source,
                   bucket.settled,
                   coalesce(counted.nodes, 0) as nodes
              from (select date_trunc(:interval, date::timestamp)::date as start,
                           sum(earnings_ngonka) as ngonka,
                           string_agg(distinct nullif(source, ''), ',') as source,
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
             order by bucket.start
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final QueryBatcher<EarningsQuery, List<Bucket>> batcher;

    EarningsRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
        this.batcher = queryClient.createBatcher(
                EarningsQuery::hasSameDays, queries -> queryClient.runRangeQuery(() -> findByNodes(queries)));
    }

    List<Bucket> find(EarningsQuery query) {
        return query.fillOrOmitEmpty(query.identifier() == null ? findForNetwork(query) : findByNode(query));
    }

    private List<Bucket> findByNode(EarningsQuery query) {
        return batcher.find(query).orElseThrow(() -> ApiException.unknownNode(query.requireIdentifier()));
    }

    /**
     * Finds the earnings of several nodes in the same range. A node without a row in the result does not exist; a node
     * without earnings has an empty list.
     */
    private Map<EarningsQuery, List<Bucket>> findByNodes(List<EarningsQuery> queries) {
        Map<EarningsQuery, List<Bucket>> found = new HashMap<>();
        prepare(FIND_BY_NODE, queries.get(0))
                .params(IdentifierParameterFactory.forMany(
                        queries.stream().map(EarningsQuery::requireIdentifier).toList()))
                .query(row -> {
                    List<Bucket> buckets =
                            found.computeIfAbsent(queries.get(row.getInt("place") - 1), first -> new ArrayList<>());
                    mapBucket(row, row.getRow()).ifPresent(buckets::add);
                });
        return found;
    }

    private List<Bucket> findForNetwork(EarningsQuery query) {
        return queryClient
                .runRangeQuery(() -> prepare(FIND_FOR_NETWORK, query)
                        .query(EarningsRepository::mapBucket)
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private JdbcClient.StatementSpec prepare(String sql, EarningsQuery query) {
        return client.sql(sql)
                .param("interval", query.interval().apiName())
                .param("from", query.range().from())
                .param("to", query.range().to());
    }

    /** Returns empty for the row that only shows that a node exists. */
    private static Optional<Bucket> mapBucket(ResultSet row, int number) throws SQLException {
        LocalDate start = row.getObject("start", LocalDate.class);
        if (start == null) {
            return Optional.empty();
        }
        return Optional.of(new Bucket(
                start,
                AmountFormatter.toNgonka(Objects.requireNonNull(row.getBigDecimal("ngonka"))),
                row.getString("source"),
                row.getBoolean("settled") ? "settled" : "provisional",
                row.getObject("nodes", Long.class)));
    }
}
