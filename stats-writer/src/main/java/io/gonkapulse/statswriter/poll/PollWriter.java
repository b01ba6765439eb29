package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.workercore.RowArrayBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes each poll once, the newest poll of each tracker, and the coverage of the newest success. */
public final class PollWriter {

    /** The primary key drops redelivered polls. */
    private static final String INSERT_POLLS = """
            insert into tracker_polls (tracker, started_at, poll_id, purpose, outcome, duration_ms)
            select tracker, started_at, poll_id, purpose, outcome, duration_ms
              from unnest(?, ?, ?, ?, ?, ?) as incoming (tracker, started_at, poll_id, purpose, outcome, duration_ms)
             order by tracker, started_at, poll_id
                on conflict do nothing
            """;

    /** The comparison of time and id keeps the newest poll, whatever the order of delivery. */
    private static final String UPSERT_TRACKERS = """
            insert into trackers as existing
                   (name, kind, interval_ms, owner, url, last_poll_id, last_poll_at, outcome, error, published, skipped)
            select name, kind, interval_ms, owner, url, poll_id, started_at, outcome, error, published, skipped
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   as incoming (name, kind, interval_ms, owner, url, poll_id, started_at, outcome, error, published, skipped)
             order by name
                on conflict (name) do update
               set kind = excluded.kind,
                   interval_ms = excluded.interval_ms,
                   owner = excluded.owner,
                   url = excluded.url,
                   last_poll_id = excluded.last_poll_id,
                   last_poll_at = excluded.last_poll_at,
                   outcome = excluded.outcome,
                   error = excluded.error,
                   published = excluded.published,
                   skipped = excluded.skipped,
                   updated_at = now()
             where existing.last_poll_at is null
                or (excluded.last_poll_at, excluded.last_poll_id) > (existing.last_poll_at, existing.last_poll_id)
            """;

    /** Separate from the newest poll: only a successful poll carries facts about the network. */
    private static final String UPDATE_LAST_SUCCESS = """
            update trackers existing
               set last_success_at = incoming.started_at,
                   epoch = incoming.epoch,
                   height = incoming.height,
                   block_time = incoming.block_time,
                   phase = incoming.phase,
                   catching_up = incoming.catching_up,
                   avg_block_seconds = incoming.avg_block_seconds,
                   next_epoch_height = incoming.next_epoch_height,
                   updated_at = now()
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                   as incoming (name, started_at, epoch, height, block_time, phase, catching_up, avg_block_seconds,
                            next_epoch_height)
             where existing.name = incoming.name
               and (existing.last_success_at is null or incoming.started_at > existing.last_success_at)
            """;

    /**
     * A later success stays pending until the one before is applied. So coverage advances however
     * far the snapshot consumer lags.
     */
    private static final String UPSERT_COVERAGE = """
            insert into tracker_coverage as existing (tracker, partition, pending_at, pending_offset)
            select incoming.tracker, ends.partition, incoming.started_at, ends.next_offset
              from unnest(?, ?) as incoming (tracker, started_at)
             cross join unnest(?, ?) as ends (partition, next_offset)
             order by incoming.tracker, ends.partition
                on conflict (tracker, partition) do update
               set success_at = existing.pending_at,
                   pending_at = excluded.pending_at,
                   pending_offset = excluded.pending_offset
             where excluded.pending_at > existing.pending_at
               and (excluded.pending_offset < existing.pending_offset
                or existing.pending_offset <= (
                   select applied.next_offset
                     from consumer_offsets applied
                    where applied.consumer_group = 'stats-writer'
                      and applied.topic = 'tracker.snapshots'
                      and applied.partition = existing.partition))
            """;

    private final JdbcTemplate jdbc;

    public PollWriter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the number of polls that were not stored yet. */
    long write(PollMerger merge) {
        if (merge.allPolls().isEmpty()) {
            return 0;
        }
        long stored = update(INSERT_POLLS, pollRows(merge));
        if (!merge.newestPolls().isEmpty()) {
            update(UPSERT_TRACKERS, trackerRows(merge));
        }
        if (!merge.newestSuccesses().isEmpty()) {
            update(UPDATE_LAST_SUCCESS, successRows(merge));
            writeCoverage(merge);
        }
        return stored;
    }

    private static RowArrayBuffer pollRows(PollMerger merge) {
        RowArrayBuffer columns =
                new RowArrayBuffer("varchar", "timestamptz", "varchar", "varchar", "varchar", "bigint");
        for (Poll poll : merge.allPolls()) {
            Poll.Stages stages = poll.stages();
            columns.add(
                    poll.tracker().value(),
                    toTimestamp(poll.startedAt()),
                    poll.pollId(),
                    toLowerCase(poll.purpose()),
                    toLowerCase(poll.outcome()),
                    stages.fetch().plus(stages.parse()).plus(stages.publish()).toMillis());
        }
        return columns;
    }

    /** An interval of 0 would violate a constraint, so it becomes a millisecond. */
    private static RowArrayBuffer trackerRows(PollMerger merge) {
        RowArrayBuffer columns = new RowArrayBuffer(
                "varchar",
                "varchar",
                "bigint",
                "varchar",
                "text",
                "varchar",
                "timestamptz",
                "varchar",
                "text",
                "bigint",
                "bigint");
        for (Poll poll : merge.newestPolls()) {
            columns.add(
                    poll.tracker().value(),
                    poll.kind(),
                    Math.max(1, poll.interval().toMillis()),
                    poll.owner(),
                    poll.url(),
                    poll.pollId(),
                    toTimestamp(poll.startedAt()),
                    toLowerCase(poll.outcome()),
                    poll.error(),
                    poll.counts().published(),
                    poll.counts().skipped().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
        return columns;
    }

    private static RowArrayBuffer successRows(PollMerger merge) {
        RowArrayBuffer columns = new RowArrayBuffer(
                "varchar", "timestamptz", "bigint", "bigint", "timestamptz", "varchar", "boolean", "numeric", "bigint");
        for (Poll poll : merge.newestSuccesses()) {
            NetworkFacts network = poll.network();
            columns.add(
                    poll.tracker().value(),
                    toTimestamp(poll.startedAt()),
                    network.epoch(),
                    network.height(),
                    toTimestamp(network.blockTime()),
                    network.phase(),
                    network.catchingUp(),
                    network.averageBlockSeconds(),
                    network.nextEpochHeight());
        }
        return columns;
    }

    private void writeCoverage(PollMerger merge) {
        RowArrayBuffer trackers = new RowArrayBuffer("varchar", "timestamptz");
        merge.newestSuccesses().forEach(poll -> trackers.add(poll.tracker().value(), toTimestamp(poll.startedAt())));
        RowArrayBuffer ends = new RowArrayBuffer("integer", "bigint");
        merge.endOffsets().forEach((partition, next) -> ends.add(partition, next));
        jdbc.update(connection -> {
            var statement = connection.prepareStatement(UPSERT_COVERAGE);
            ends.bind(connection, statement, trackers.bind(connection, statement, 1));
            return statement;
        });
    }

    private int update(String sql, RowArrayBuffer columns) {
        return jdbc.update(connection -> {
            var statement = connection.prepareStatement(sql);
            columns.bind(connection, statement, 1);
            return statement;
        });
    }

    private static String toLowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Includes the zone, so that the session's time zone has no effect. Truncates to microseconds
     * like the times of snapshots, where PostgreSQL would round.
     */
    private static @Nullable Object toTimestamp(@Nullable Instant instant) {
        return instant == null
                ? null
                : instant.truncatedTo(ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC)
                        .toString();
    }
}
