package io.gonkapulse.statswriter.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recomputes the uptime of the last 24 hours and the minutes it covers, some nodes per statement. */
final class UptimeTask {

    private static final String COMPUTE_SLICE = """
            with slice as materialized (
                select stats.node_id
                  from node_stats_cache stats
                 where stats.node_id > :after
                 order by stats.node_id
                 limit :limit),
            computed as materialized (
                select slice.node_id, minutes.percent, (ceil(minutes.seen / 10) * 10)::smallint as seen
                  from slice
                 cross join lateral (
                       select round(
                                  100 * sum(bit_count((health.seen & ~health.unhealthy & ~health.jailed
                                      & edge.mask)::bit(64)))
                                  / nullif(sum(bit_count((health.seen & edge.mask)::bit(64))), 0), 2) as percent,
                              coalesce(sum(bit_count((health.seen & edge.mask)::bit(64))), 0) as seen
                         from node_health_hourly health
                        cross join lateral (
                              select case health.hour
                                         when to_timestamp(:firstHour) then :firstMask
                                         when to_timestamp(:lastHour) then :lastMask
                                         else -1
                                     end as mask) edge
                        where health.node_id = slice.node_id
                          and health.hour between to_timestamp(:firstHour) and to_timestamp(:lastHour)) minutes),
            """;

    /** Locks rows in the same order as the writers, so that the two cannot deadlock. */
    private static final String UPDATE_UPTIME = COMPUTE_SLICE + """
            changed as materialized (
                select stats.node_id, computed.percent
                  from node_stats_cache stats
                  join computed on computed.node_id = stats.node_id
                 where stats.uptime_percent is distinct from computed.percent
                 order by stats.node_id
                   for update of stats),
            written as (
                update node_stats_cache stats
                   set uptime_percent = changed.percent
                  from changed
                 where stats.node_id = changed.node_id)
            select node_id
              from slice
             order by node_id desc
             limit 1
            """;

    /**
     * Minutes are rounded up to tens, so that few rows change. A statement of its own, because the writers lock the two tables in the other order.
     */
    private static final String UPDATE_SEEN = COMPUTE_SLICE + """
            changed as materialized (
                select facts.node_id, computed.seen
                  from node_facts facts
                  join computed on computed.node_id = facts.node_id
                 where facts.seen_minutes is distinct from computed.seen
                 order by facts.node_id
                   for update of facts)
            update node_facts facts
               set seen_minutes = changed.seen
              from changed
             where facts.node_id = changed.node_id
            """;

    /** Small enough that row locks are held only briefly. */
    private static final int NODES_PER_SLICE = 1_000;

    private static final UUID FIRST = new UUID(0, 0);
    private static final long HOUR = 3_600;

    private final JdbcClient jdbc;

    UptimeTask(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Covers the current minute and the 1,439 before it. */
    void recompute(Instant now) {
        long second = now.getEpochSecond();
        long lastHour = second - Math.floorMod(second, HOUR);
        long minute = Math.floorMod(second, HOUR) / 60;
        // The first and the last hour belong to the 24 hours only in part; masks select their
        // minutes.
        UUID after = FIRST;
        List<UUID> last;
        do {
            Map<String, Object> slice = Map.of(
                    "after",
                    after,
                    "limit",
                    NODES_PER_SLICE,
                    "firstHour",
                    lastHour - 24 * HOUR,
                    "firstMask",
                    minute == 59 ? 0L : -1L << (minute + 1),
                    "lastHour",
                    lastHour,
                    "lastMask",
                    (1L << (minute + 1)) - 1);
            jdbc.sql(UPDATE_SEEN).params(slice).update();
            last = jdbc.sql(UPDATE_UPTIME).params(slice).query(UUID.class).list();
            after = last.isEmpty() ? after : last.get(0);
        } while (!last.isEmpty());
    }
}
