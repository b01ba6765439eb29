package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Identifiers;
import io.gonkapulse.apigateway.web.UnknownNodeException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the hours of one node. */
@Repository
class HealthRepository {

    /** Served by nodes_identifier_key and node_health_hourly_pkey. A node without hours is one row without an hour. */
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

    private final Database database;
    private final JdbcClient client;

    HealthRepository(Database database, GatewayProperties properties) {
        this.database = database;
        this.client = database.client(properties.rangeTimeout());
    }

    List<HourRow> find(HealthQuestion question) {
        List<Optional<HourRow>> rows = database.range(() -> client.sql(FIND)
                .params(Identifiers.parameters(question.identifier()))
                .param("from", question.range().from().atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", question.range().to().plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(HealthRepository::hour)
                .list());
        if (rows.isEmpty()) {
            throw new UnknownNodeException(question.identifier());
        }
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<HourRow> hour(ResultSet row, int number) throws SQLException {
        OffsetDateTime hour = row.getObject("hour", OffsetDateTime.class);
        return hour == null
                ? Optional.empty()
                : Optional.of(new HourRow(
                        hour.toInstant(), row.getLong("seen"), row.getLong("unhealthy"), row.getLong("jailed")));
    }
}
