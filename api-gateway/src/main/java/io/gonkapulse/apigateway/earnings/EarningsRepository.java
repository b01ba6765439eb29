package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.database.Together;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Amounts;
import io.gonkapulse.apigateway.web.Identifiers;
import io.gonkapulse.apigateway.web.UnknownNodeException;
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

/** Adds up earnings in whole ngonka, in the database. */
@Repository
class EarningsRepository {

    /** Served by nodes_identifier_key and uq_earnings_node_date. A node without earnings is one row without a start. */
    private static final String OF_NODE = """
            select asked.place,
                   bucket.start,
                   bucket.ngonka,
                   bucket.source,
                   bucket.settled,
                   cast(null as bigint) as nodes
              from unnest(:given, :lower, :upper) with ordinality as asked (given, lower, upper, place)
             cross join lateral (
                   select id
                     from nodes
                    where identifier in (asked.given, asked.lower, asked.upper)
                      and deleted_at is null
                    order by identifier = asked.given desc
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
             where asked.given is not null
             order by asked.place, bucket.start
            """;

    /**
     * Served by earnings_daily_pkey and earning_node_counts_pkey. A node counts on its first day of a bucket: the one
     * whose day before lies outside of it, or of the range.
     */
    static final String OF_ALL = """
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

    private final Database database;
    private final JdbcClient client;
    private final Together<EarningsQuestion, List<Bucket>> lookUps;

    EarningsRepository(Database database, GatewayProperties properties) {
        this.database = database;
        this.client = database.client(properties.rangeTimeout());
        this.lookUps =
                database.together(EarningsQuestion::isOfTheSameDays, asked -> database.range(() -> ofNodes(asked)));
    }

    List<Bucket> find(EarningsQuestion question) {
        return question.shaped(question.identifier() == null ? ofAll(question) : ofNode(question));
    }

    private List<Bucket> ofNode(EarningsQuestion question) {
        return lookUps.ask(question).orElseThrow(() -> new UnknownNodeException(question.node()));
    }

    private Map<EarningsQuestion, List<Bucket>> ofNodes(List<EarningsQuestion> asked) {
        Map<EarningsQuestion, List<Bucket>> found = new HashMap<>();
        query(OF_NODE, asked.get(0))
                .params(Identifiers.arrays(
                        asked.stream().map(EarningsQuestion::node).toList()))
                .query(row -> {
                    List<Bucket> buckets =
                            found.computeIfAbsent(asked.get(row.getInt("place") - 1), first -> new ArrayList<>());
                    bucket(row, row.getRow()).ifPresent(buckets::add);
                });
        return found;
    }

    private List<Bucket> ofAll(EarningsQuestion question) {
        return database
                .range(() -> query(OF_ALL, question)
                        .query(EarningsRepository::bucket)
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private JdbcClient.StatementSpec query(String sql, EarningsQuestion question) {
        return client.sql(sql)
                .param("interval", question.interval().word())
                .param("from", question.range().from())
                .param("to", question.range().to());
    }

    private static Optional<Bucket> bucket(ResultSet row, int number) throws SQLException {
        LocalDate start = row.getObject("start", LocalDate.class);
        if (start == null) {
            return Optional.empty();
        }
        return Optional.of(new Bucket(
                start,
                Amounts.ngonka(Objects.requireNonNull(row.getBigDecimal("ngonka"))),
                row.getString("source"),
                row.getBoolean("settled") ? "settled" : "provisional",
                row.getObject("nodes", Long.class)));
    }
}
