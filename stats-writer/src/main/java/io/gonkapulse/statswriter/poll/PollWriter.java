package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.statswriter.sql.RowArrayBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes polls: each once, the newest of each tracker, and what the newest success covers. */
public final class PollWriter {

    private static final String INSERT_POLLS = """
            insert into tracker_polls (tracker, started_at, poll_id, purpose, outcome, duration_ms)
            select tracker, started_at, poll_id, purpose, outcome, duration_ms
              from unnest(?, ?, ?, ?, ?, ?) as said (tracker, started_at, poll_id, purpose, outcome, duration_ms)
             order by tracker, started_at, poll_id
                on conflict do nothing
            """;

    private static final String UPSERT_TRACKERS = """
            insert into trackers as kept
                   (name, kind, interval_ms, owner, url, last_poll_id, last_poll_at, outcome, error, published, skipped)
            select name, kind, interval_ms, owner, url, poll_id, started_at, outcome, error, published, skipped
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   as said (name, kind, interval_ms, owner, url, poll_id, started_at, outcome, error, published, skipped)
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
             where kept.last_poll_at is null
                or (excluded.last_poll_at, excluded.last_poll_id) > (kept.last_poll_at, kept.last_poll_id)
            """;

    private static final String UPDATE_LAST_SUCCESS = """
            update trackers kept
               set last_success_at = said.started_at,
                   epoch = said.epoch,
                   height = said.height,
                   block_time = said.block_time,
                   phase = said.phase,
                   catching_up = said.catching_up,
                   avg_block_seconds = said.avg_block_seconds,
                   next_epoch_height = said.next_epoch_height,
                   updated_at = now()
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                   as said (name, started_at, epoch, height, block_time, phase, catching_up, avg_block_seconds,
                            next_epoch_height)
             where kept.name = said.name
               and (kept.last_success_at is null or said.started_at > kept.last_success_at)
            """;

    /** A later success waits until the one before it is known to be applied: so coverage moves however far it lags. */
    private static final String UPSERT_COVERAGE = """
            insert into tracker_coverage as kept (tracker, partition, pending_at, pending_offset)
            select said.tracker, ends.partition, said.started_at, ends.next_offset
              from unnest(?, ?) as said (tracker, started_at)
             cross join unnest(?, ?) as ends (partition, next_offset)
             order by said.tracker, ends.partition
                on conflict (tracker, partition) do update
               set success_at = kept.pending_at,
                   pending_at = excluded.pending_at,
                   pending_offset = excluded.pending_offset
             where excluded.pending_at > kept.pending_at
               and (excluded.pending_offset < kept.pending_offset
                or kept.pending_offset <= (
                   select applied.next_offset
                     from consumer_offsets applied
                    where applied.consumer_group = 'stats-writer'
                      and applied.topic = 'tracker.snapshots'
                      and applied.partition = kept.partition))
            """;

    private final JdbcTemplate jdbc;

    public PollWriter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How many polls had not been written before. */
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

    /** With its zone, so that the session's does not matter; cut like the times of snapshots, where the database rounds. */
    private static @Nullable Object toTimestamp(@Nullable Instant instant) {
        return instant == null
                ? null
                : instant.truncatedTo(ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC)
                        .toString();
    }
}
