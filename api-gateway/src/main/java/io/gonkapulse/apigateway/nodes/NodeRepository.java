package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.nodes.NodeHistory.Day;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Amounts;
import io.gonkapulse.apigateway.web.Identifiers;
import io.gonkapulse.apigateway.web.UnknownNodeException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads one node with its last thirty days and the sum of all of them. */
@Repository
class NodeRepository {

    /**
     * Served by nodes_identifier_key, uq_earnings_node_date and node_earnings_pkey. The total is the one that the
     * aggregator keeps, exact and in the same transaction as the days; where it has not rolled a node up yet, the days are
     * added up here. The days are arrays, so that the node is not repeated for each of them.
     */
    private static final String FIND = """
            select stats.*,
                   coalesce(earned.total, summed.total) as total,
                   day.*
              from current_node_stats stats
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
             where stats.node_id = (
                   select id
                     from nodes
                    where identifier in (:given, :lower, :upper)
                      and deleted_at is null
                    order by identifier = :given desc
                    limit 1)
            """;

    private final JdbcClient client;
    private final NodeRowMapper nodes;

    NodeRepository(Database database, GatewayProperties properties, NodeRowMapper nodes) {
        this.client = database.client(properties.lookupTimeout());
        this.nodes = nodes;
    }

    NodeHistory find(NodeQuestion question) {
        return client.sql(FIND)
                .params(Identifiers.parameters(question.identifier()))
                .param("today", question.today())
                .query((row, number) -> history(row, question.today()))
                .optional()
                .orElseThrow(() -> new UnknownNodeException(question.identifier()));
    }

    private NodeHistory history(ResultSet row, LocalDate today) throws SQLException {
        return new NodeHistory(nodes.mapRow(row, 0), Amounts.ngonka(row.getBigDecimal("total")), days(row), today);
    }

    private static List<Day> days(ResultSet row) throws SQLException {
        Array dates = row.getArray("epoch_days");
        if (dates == null) {
            return List.of();
        }
        Integer[] epochDays = (Integer[]) dates.getArray();
        BigDecimal[] amounts = (BigDecimal[]) row.getArray("day_ngonka").getArray();
        @Nullable String[] sources = (String[]) row.getArray("day_sources").getArray();
        String[] states = (String[]) row.getArray("day_states").getArray();
        return IntStream.range(0, epochDays.length)
                .mapToObj(i ->
                        new Day(LocalDate.ofEpochDay(epochDays[i]), Amounts.ngonka(amounts[i]), sources[i], states[i]))
                .toList();
    }
}
