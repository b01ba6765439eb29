package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.nodes.NodeHistory.Day;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Amounts;
import io.gonkapulse.apigateway.web.Identifiers;
import io.gonkapulse.apigateway.web.UnknownNodeException;
import io.gonkapulse.contracts.Ngonka;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads one node with its last thirty days and the sum of all of them. */
@Repository
class NodeRepository {

    /** Served by nodes_identifier_key and uq_earnings_node_date. */
    private static final String FIND = """
            select stats.*,
                   earned.total,
                   day.date as day,
                   coalesce(day.earnings_ngonka, day.earnings_gnk * 1000000000) as day_ngonka,
                   day.source as day_source,
                   day.state as day_state
              from (select *
                      from current_node_stats
                     where identifier in (:given, :lower, :upper)
                     order by identifier = :given desc
                     limit 1) stats
             cross join lateral (
                   select coalesce(sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)), 0) as total
                     from earnings_history
                    where node_id = stats.node_id) earned
              left join earnings_history day
                on day.node_id = stats.node_id
               and day.date > cast(:today as date) - 30
               and day.date <= :today
             order by day.date
            """;

    private final JdbcClient client;
    private final NodeRowMapper nodes;

    NodeRepository(Database database, GatewayProperties properties, NodeRowMapper nodes) {
        this.client = database.client(properties.lookupTimeout());
        this.nodes = nodes;
    }

    NodeHistory find(NodeQuestion question) {
        ResultSetExtractor<Optional<NodeHistory>> history = rows -> history(rows, question.today());
        return client.sql(FIND)
                .params(Identifiers.parameters(question.identifier()))
                .param("today", question.today())
                .query(history)
                .orElseThrow(() -> new UnknownNodeException(question.identifier()));
    }

    private Optional<NodeHistory> history(ResultSet rows, LocalDate today) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        NodeRow node = nodes.mapRow(rows, 0);
        Ngonka total = Amounts.ngonka(rows.getBigDecimal("total"));
        List<Day> days = new ArrayList<>();
        do {
            LocalDate date = rows.getObject("day", LocalDate.class);
            if (date != null) {
                days.add(day(rows, date));
            }
        } while (rows.next());
        return Optional.of(new NodeHistory(node, total, days, today));
    }

    private static Day day(ResultSet row, LocalDate date) throws SQLException {
        return new Day(
                date,
                Amounts.ngonka(row.getBigDecimal("day_ngonka")),
                row.getString("day_source"),
                row.getString("day_state"));
    }
}
