package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Aggregates the network. The head of the chain comes from the tracker with the highest block in the running epoch. */
@Repository
class NetworkRepository {

    /**
     * Some trackers do not report the end of the epoch. Then another tracker's value is used. A node with more than a
     * hundred thousand GPUs is an error, so its number is not added.
     */
    private static final String FIND = """
            select head.epoch,
                   head.height,
                   head.block_time,
                   head.catching_up,
                   coalesce(head.avg_block_seconds, fallback.avg_block_seconds) as avg_block_seconds,
                   coalesce(head.next_epoch_height, fallback.next_epoch_height) as next_epoch_height,
                   head.last_success_at,
                   counts.*
              from (select count(*) as known,
                           count(*) filter (where present) as participants,
                           count(*) filter (where status = 'healthy') as healthy,
                           count(*) filter (where status = 'jailed') as jailed,
                           count(*) filter (where status = 'unhealthy') as unhealthy,
                           count(*) filter (where status = 'offline') as offline,
                           count(*) filter (where status = 'inactive') as inactive,
                           cast(sum(gpu_count) filter (where present and gpu_count <= 100000) as bigint) as gpus,
                           string_agg(distinct served, e'\\n') filter (where present) as models
                      from (select status,
                                   gpu_count,
                                   coalesce(status not in ('offline', 'inactive'), true) as present,
                                   coalesce(nullif(array_to_string(models, e'\\n'), ''), active_model) as served
                              from current_node_stats
                             where fetched_at is not null
                                or status = 'inactive') nodes) counts
              left join lateral (
                   select tracker.*
                     from trackers tracker
                    cross join running_epoch running
                    where (tracker.height is not null or tracker.epoch is not null)
                      and (running.epoch is null or tracker.epoch = running.epoch)
                    order by tracker.height desc nulls last, tracker.last_success_at desc nulls last
                    limit 1) head
                on true
              left join lateral (
                   select (array_agg(avg_block_seconds order by height desc)
                               filter (where avg_block_seconds is not null))[1] as avg_block_seconds,
                          max(next_epoch_height) as next_epoch_height
                     from trackers
                    where epoch = head.epoch) fallback
                on true
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;

    NetworkRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
    }

    NetworkRow find() {
        return queryClient.runRangeQuery(
                () -> client.sql(FIND).query(NetworkRepository::mapRow).single());
    }

    private static NetworkRow mapRow(ResultSet row, int number) throws SQLException {
        return new NetworkRow(
                number(row, "epoch"),
                number(row, "height"),
                time(row, "block_time"),
                row.getObject("catching_up", Boolean.class),
                row.getBigDecimal("avg_block_seconds"),
                number(row, "next_epoch_height"),
                time(row, "last_success_at"),
                count(row, "participants"),
                count(row, "healthy"),
                count(row, "jailed"),
                count(row, "unhealthy"),
                count(row, "offline"),
                count(row, "inactive"),
                number(row, "gpus"),
                models(row.getString("models")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    /** Null in an empty database: zero nodes would be a claim, and nothing is known yet. */
    private static @Nullable Long count(ResultSet row, String column) throws SQLException {
        return row.getLong("known") == 0 ? null : number(row, column);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<String> models(@Nullable String lines) {
        return lines == null
                ? List.of()
                : lines.lines()
                        .filter(model -> !model.isBlank())
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** The aggregated network data; null if unknown. */
    record NetworkRow(
            @Nullable Long epoch,
            @Nullable Long height,
            @Nullable Instant blockTime,
            @Nullable Boolean catchingUp,
            @Nullable BigDecimal avgBlockSeconds,
            @Nullable Long nextEpochHeight,
            @Nullable Instant updatedAt,
            @Nullable Long participants,
            @Nullable Long healthy,
            @Nullable Long jailed,
            @Nullable Long unhealthy,
            @Nullable Long offline,
            @Nullable Long inactive,
            @Nullable Long gpus,
            List<String> models) {}
}
