package io.gonkapulse.statswriter.maintenance;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recomputes the uptime of the last 24 hours and the minutes that it covers, some nodes per statement. */
final class UptimeTask {

    /**
     * Locks rows in the same order as the writers, so that the two cannot deadlock. From an hour on, minutes seen are
     * rounded down to tens, so that few of them change.
     */
    private static final String UPDATE_SLICE = """
            with slice as materialized (
                select stats.node_id
                  from node_stats_cache stats
                 where stats.node_id > :after
                 order by stats.node_id
                 limit :limit),
            computed as materialized (
                select slice.node_id,
                       round(100 * minutes.healthy / nullif(minutes.seen, 0), 2) as percent,
                       coalesce(
                           case
                               when minutes.seen < 60 then minutes.seen
                               else minutes.seen - minutes.seen % 10
                           end, 0)::integer as seen
                  from slice
                 cross join lateral (
                       select sum(bit_count((health.seen & ~health.unhealthy & ~health.jailed
                                      & edge.mask)::bit(64))) as healthy,
                              sum(bit_count((health.seen & edge.mask)::bit(64))) as seen
                         from node_health_hourly health
                        cross join lateral (
                              select case health.hour
                                         when to_timestamp(:firstHour) then :firstMask
                                         when to_timestamp(:lastHour) then :lastMask
                                         else -1
                                     end as mask) edge
                        where health.node_id = slice.node_id
                          and health.hour between to_timestamp(:firstHour) and to_timestamp(:lastHour)) minutes),
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
            select computed.node_id,
                   case
                       when facts.node_id is not null and facts.seen_minutes is distinct from computed.seen
                       then computed.seen
                   end as changed_seen
              from computed
              left join node_facts facts on facts.node_id = computed.node_id
             order by computed.node_id
            """;

    /** A statement of its own, because the writers lock the two tables in the other order. */
    private static final String UPDATE_SEEN = """
            with changed as materialized (
                select facts.node_id, computed.seen
                  from unnest(string_to_array(:nodes, ',')::uuid[], string_to_array(:seen, ',')::smallint[])
                       as computed (node_id, seen)
                  join node_facts facts on facts.node_id = computed.node_id
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
        List<UptimeRow> slice;
        do {
            slice = jdbc.sql(UPDATE_SLICE)
                    .param("after", after)
                    .param("limit", NODES_PER_SLICE)
                    .param("firstHour", lastHour - 24 * HOUR)
                    .param("firstMask", minute == 59 ? 0L : -1L << (minute + 1))
                    .param("lastHour", lastHour)
                    .param("lastMask", (1L << (minute + 1)) - 1)
                    .query((row, number) ->
                            new UptimeRow(row.getObject(1, UUID.class), row.getObject(2, Integer.class)))
                    .list();
            updateSeen(slice.stream().filter(row -> row.changedSeen() != null).toList());
            after = slice.isEmpty() ? after : slice.get(slice.size() - 1).node();
        } while (!slice.isEmpty());
    }

    private void updateSeen(List<UptimeRow> changed) {
        if (!changed.isEmpty()) {
            jdbc.sql(UPDATE_SEEN)
                    .param("nodes", join(changed, UptimeRow::node))
                    .param("seen", join(changed, UptimeRow::changedSeen))
                    .update();
        }
    }

    private static String join(List<UptimeRow> rows, Function<UptimeRow, ? extends @Nullable Object> column) {
        return rows.stream().map(row -> String.valueOf(column.apply(row))).collect(joining(","));
    }

    /** @param changedSeen minutes seen, null if the stored ones are right */
    private record UptimeRow(UUID node, @Nullable Integer changedSeen) {}
}
