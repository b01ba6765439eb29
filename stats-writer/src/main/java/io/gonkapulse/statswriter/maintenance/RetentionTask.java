package io.gonkapulse.statswriter.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes expired health minutes and polls, in statements so small that no writer waits for one.
 * Stats are never deleted.
 */
final class RetentionTask {

    /** Walks over the nodes, because the primary key starts with the node and no index has the hour alone. */
    private static final String DELETE_HEALTH_SLICE = """
            with slice as materialized (
                select id
                  from nodes
                 where id > :after
                 order by id
                 limit :limit),
            removed as (
                delete from node_health_hourly health
                 using slice
                 where health.node_id = slice.id
                   and health.hour < :before)
            select id
              from slice
             order by id desc
             limit 1
            """;

    /** Deletes by ctid, because {@code delete} has no limit clause. */
    private static final String DELETE_POLLS = """
            delete from tracker_polls
             where ctid = any (array(
                   select ctid
                     from tracker_polls
                    where started_at < :before
                    limit :limit))
            """;

    /** Small enough that writers never wait long for row locks. */
    private static final int NODES_PER_SLICE = 200;

    private static final int ROWS_PER_DELETE = 5_000;

    private final JdbcClient jdbc;

    RetentionTask(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void deleteHealth(Instant now, Duration retention) {
        UUID after = new UUID(0, 0);
        List<UUID> last;
        do {
            last = jdbc.sql(DELETE_HEALTH_SLICE)
                    .param("after", after)
                    .param("limit", NODES_PER_SLICE)
                    .param("before", now.minus(retention).atOffset(ZoneOffset.UTC))
                    .query(UUID.class)
                    .list();
            after = last.isEmpty() ? after : last.get(0);
        } while (!last.isEmpty());
    }

    void deletePolls(Instant now, Duration retention) {
        int removed;
        do {
            removed = jdbc.sql(DELETE_POLLS)
                    .param("before", now.minus(retention).atOffset(ZoneOffset.UTC))
                    .param("limit", ROWS_PER_DELETE)
                    .update();
        } while (removed == ROWS_PER_DELETE);
    }
}
