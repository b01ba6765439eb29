package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the health of one node by hour. */
@Repository
class NodeHealthRepository {

    /** Uses nodes_identifier_key and node_health_hourly_pkey. A node without data has one row with a null hour. */
    private static final String FIND = """
            select health.hour,
                   health.seen,
                   health.unhealthy,
                   health.jailed
              from (select id
                      from nodes
                     where identifier in (:given, :lower, :upper)
                       and deleted_at is null
                     order by identifier = :given desc
                     limit 1) node
              left join node_health_hourly health
                on health.node_id = node.id
               and health.hour >= :from
               and health.hour < :to
             order by health.hour
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;

    NodeHealthRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
    }

    List<HealthHourRow> find(NodeHealthQuery query) {
        List<Optional<HealthHourRow>> rows = queryClient.runRangeQuery(() -> client.sql(FIND)
                .params(IdentifierParameterFactory.forOne(query.identifier()))
                .param("from", query.range().from().atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", query.range().to().plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(NodeHealthRepository::mapHour)
                .list());
        if (rows.isEmpty()) {
            throw ApiException.unknownNode(query.identifier());
        }
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<HealthHourRow> mapHour(ResultSet row, int number) throws SQLException {
        OffsetDateTime hour = row.getObject("hour", OffsetDateTime.class);
        return hour == null
                ? Optional.empty()
                : Optional.of(new HealthHourRow(
                        hour.toInstant(), row.getLong("seen"), row.getLong("unhealthy"), row.getLong("jailed")));
    }

    /** The parameters of a health request. */
    record NodeHealthQuery(String identifier, DayRange range) {}
}
