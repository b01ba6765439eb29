package io.gonkapulse.statswriter.maintenance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the age of the tables in two statements, whatever the number of trackers. */
final class FreshnessRepository {

    private static final String SELECT_TRACKERS = """
            select name, interval_ms, last_poll_at, last_success_at
              from trackers
             order by name
            """;

    /**
     * Repeats the rules for offline and inactive of view current_node_stats, because the login of this service
     * may not read the view. Leaves out trackers whose row an operator deleted.
     */
    private static final String COUNT_NODES = """
            select source,
                   max(fetched_at) as newest,
                   count(*) filter (where not silent and fetched_at >= now() - make_interval(secs => ?)) as fresh,
                   count(*) filter (where not silent and fetched_at < now() - make_interval(secs => ?)) as stale,
                   count(*) filter (where silent and not of_earlier_epoch) as offline,
                   count(*) filter (where silent and of_earlier_epoch) as inactive
              from (select stats.source,
                           stats.fetched_at,
                           coalesce(
                               case
                                   when applied.next_offset >= coverage.pending_offset then coverage.pending_at
                                   else coverage.success_at
                               end > stats.fetched_at + 3 * tracker.interval_ms * interval '1 millisecond',
                               false) as silent,
                           coalesce(facts.epoch < (select epoch from running_epoch), false) as of_earlier_epoch
                      from node_stats_cache stats
                      join nodes node on node.id = stats.node_id
                      join trackers tracker on tracker.name = stats.source
                      left join node_facts facts on facts.node_id = stats.node_id
                      left join tracker_coverage coverage
                        on coverage.tracker = stats.source
                       and coverage.partition = facts.partition
                      left join consumer_offsets applied
                        on applied.consumer_group = 'stats-writer'
                       and applied.topic = 'tracker.snapshots'
                       and applied.partition = facts.partition
                     where node.deleted_at is null) seen
             group by source
             order by source
            """;

    private final JdbcClient jdbc;
    private final double ttlSeconds;

    /** @param ttl age at which stats become stale */
    FreshnessRepository(JdbcClient jdbc, Duration ttl) {
        this.jdbc = jdbc;
        this.ttlSeconds = ttl.toMillis() / 1_000.0;
    }

    List<TrackerFreshnessRow> findTrackers() {
        return jdbc.sql(SELECT_TRACKERS)
                .query((row, number) -> new TrackerFreshnessRow(
                        row.getString(1), Duration.ofMillis(row.getLong(2)), time(row, 3), time(row, 4)))
                .list();
    }

    List<NodeFreshnessRow> countNodes() {
        return jdbc.sql(COUNT_NODES)
                .param(ttlSeconds)
                .param(ttlSeconds)
                .query((row, number) -> new NodeFreshnessRow(
                        row.getString(1), time(row, 2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)))
                .list();
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /**
     * Times of the polls of one tracker.
     *
     * @param lastPollAt start of the newest reported poll
     * @param lastSuccessAt start of the newest successful poll
     */
    record TrackerFreshnessRow(
            String tracker,
            Duration interval,
            @Nullable Instant lastPollAt,
            @Nullable Instant lastSuccessAt) {}

    /**
     * Node counts of one tracker: the tracker of the node's newest snapshot.
     *
     * @param newestFetchedAt fetch time of the newest snapshot
     * @param fresh not stale, offline or inactive
     * @param stale older than the TTL, but not offline
     * @param offline not in the responses of the running epoch any more
     * @param inactive not seen in the running epoch
     */
    record NodeFreshnessRow(
            String tracker, @Nullable Instant newestFetchedAt, long fresh, long stale, long offline, long inactive) {}
}
