package io.gonkapulse.statswriter.maintenance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds up the days of all nodes. Earlier days change, too: by a replay, a rebuild, or epochs that
 * are backfilled. So each run also recomputes the next days of a walk through the history.
 */
final class NetworkDailyTask {

    /** Minutes are deleted after a while, so a recomputed day must not lose those that were counted before. */
    private static final String UPSERT = """
            with counted as (
                select count(largest.weight) as participants,
                       sum(largest.weight) as weight,
                       (select sum(inferences) from earnings_history where date = cast(:day as date)) as inferences,
                       coalesce(sum(minutes.seen), 0) as seen_minutes,
                       coalesce(sum(minutes.healthy), 0) as healthy_minutes
                  from nodes node
                 cross join lateral (
                       select max(weight) as weight
                         from node_daily
                        where node_id = node.id
                          and day = cast(:day as date)) largest
                 cross join lateral (
                       select sum(bit_count(seen::bit(64))) as seen,
                              sum(bit_count((seen & ~unhealthy & ~jailed)::bit(64))) as healthy
                         from node_health_hourly
                        where node_id = node.id
                          and hour >= cast(:day as timestamp) at time zone 'UTC'
                          and hour < (cast(:day as timestamp) + interval '1 day') at time zone 'UTC') minutes)
            insert into network_daily as existing
                   (day, participants, weight, inferences, seen_minutes, healthy_minutes)
            select cast(:day as date), participants, weight, inferences, seen_minutes, healthy_minutes
              from counted
             where participants > 0
                or inferences is not null
                or seen_minutes > 0
                on conflict (day) do update
               set participants = excluded.participants,
                   weight = excluded.weight,
                   inferences = excluded.inferences,
                   seen_minutes = greatest(existing.seen_minutes, excluded.seen_minutes),
                   healthy_minutes = case
                       when excluded.seen_minutes >= existing.seen_minutes then excluded.healthy_minutes
                       else existing.healthy_minutes
                   end
             where (existing.participants, existing.weight, existing.inferences)
                   is distinct from (excluded.participants, excluded.weight, excluded.inferences)
                or excluded.seen_minutes > existing.seen_minutes
                or (excluded.seen_minutes = existing.seen_minutes
                    and excluded.healthy_minutes <> existing.healthy_minutes)
            """;

    private static final String SELECT_WALK = """
            select least(
                       (select min(date) from earnings_daily where days > 0),
                       (select min(day) from network_daily)) as first_day,
                   greatest(1, :nodeDays / greatest(1, (select count(*) from nodes))) as days_per_run
            """;

    /** Today, and two days that late snapshots and settlements still change. */
    private static final int RECENT_DAYS = 3;

    /** About 5 s of work while health minutes exist. A small network is recomputed whole in each run. */
    private static final long EARLIER_NODE_DAYS_PER_RUN = 50_000;

    /** Where the walk continues; null: at the newest of the earlier days. */
    private volatile @Nullable LocalDate next;

    void recompute(JdbcClient jdbc, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate newest = today.minusDays(RECENT_DAYS);
        HistoryWalk walk = jdbc.sql(SELECT_WALK)
                .param("nodeDays", EARLIER_NODE_DAYS_PER_RUN)
                .query((row, number) -> new HistoryWalk(row.getObject(1, LocalDate.class), row.getLong(2)))
                .single();
        LocalDate from = next == null ? newest : next;
        Stream.concat(
                        Stream.iterate(today, day -> day.isAfter(newest), day -> day.minusDays(1)),
                        Stream.iterate(from, walk::includes, day -> day.minusDays(1))
                                .limit(walk.daysPerRun()))
                .forEach(day -> jdbc.sql(UPSERT).param("day", day).update());
        LocalDate following = from.minusDays(walk.daysPerRun());
        next = walk.includes(following) ? following : null;
    }

    /** @param firstDay null if nothing is stored yet */
    private record HistoryWalk(@Nullable LocalDate firstDay, long daysPerRun) {

        boolean includes(LocalDate day) {
            return firstDay != null && !day.isBefore(firstDay);
        }
    }
}
