package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
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
        long stored = insertPolls(merge.allPolls());
        if (!merge.newestPolls().isEmpty()) {
            upsertTrackers(merge.newestPolls());
        }
        if (!merge.newestSuccesses().isEmpty()) {
            updateLastSuccess(merge.newestSuccesses());
            upsertCoverage(merge);
        }
        return stored;
    }

    private int insertPolls(Collection<Poll> polls) {
        return jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(INSERT_POLLS);
            new ArrayParameters<>(connection, statement, polls)
                    .add("varchar", poll -> poll.tracker().value())
                    .add("timestamptz", poll -> toMicros(poll.startedAt()))
                    .add("varchar", Poll::pollId)
                    .add("varchar", poll -> toLowerCase(poll.purpose()))
                    .add("varchar", poll -> toLowerCase(poll.outcome()))
                    .add("bigint", poll -> duration(poll.stages()).toMillis());
            return statement;
        });
    }

    private static Duration duration(Poll.Stages stages) {
        return stages.fetch().plus(stages.parse()).plus(stages.publish());
    }

    private void upsertTrackers(Collection<Poll> polls) {
        jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(UPSERT_TRACKERS);
            new ArrayParameters<>(connection, statement, polls)
                    .add("varchar", poll -> poll.tracker().value())
                    .add("varchar", Poll::kind)
                    // An interval of 0 would violate a constraint, so it becomes a millisecond.
                    .add("bigint", poll -> Math.max(1, poll.interval().toMillis()))
                    .add("varchar", Poll::owner)
                    .add("text", Poll::url)
                    .add("varchar", Poll::pollId)
                    .add("timestamptz", poll -> toMicros(poll.startedAt()))
                    .add("varchar", poll -> toLowerCase(poll.outcome()))
                    .add("text", Poll::error)
                    .add("bigint", poll -> poll.counts().published())
                    .add("bigint", poll -> countSkipped(poll));
            return statement;
        });
    }

    private static long countSkipped(Poll poll) {
        return poll.counts().skipped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void updateLastSuccess(Collection<Poll> polls) {
        jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(UPDATE_LAST_SUCCESS);
            new ArrayParameters<>(connection, statement, polls)
                    .add("varchar", poll -> poll.tracker().value())
                    .add("timestamptz", poll -> toMicros(poll.startedAt()))
                    .add("bigint", poll -> poll.network().epoch())
                    .add("bigint", poll -> poll.network().height())
                    .add("timestamptz", poll -> toMicros(poll.network().blockTime()))
                    .add("varchar", poll -> poll.network().phase())
                    .add("boolean", poll -> poll.network().catchingUp())
                    .add("numeric", poll -> poll.network().averageBlockSeconds())
                    .add("bigint", poll -> poll.network().nextEpochHeight());
            return statement;
        });
    }

    private void upsertCoverage(PollMerger merge) {
        jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(UPSERT_COVERAGE);
            new ArrayParameters<>(connection, statement, merge.newestSuccesses())
                    .add("varchar", poll -> poll.tracker().value())
                    .add("timestamptz", poll -> toMicros(poll.startedAt()));
            new ArrayParameters<>(connection, statement, merge.endOffsets().entrySet(), 2)
                    .add("integer", Map.Entry::getKey)
                    .add("bigint", Map.Entry::getValue);
            return statement;
        });
    }

    private static String toLowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Truncates like the times of snapshots, where PostgreSQL would round. */
    private static @Nullable Instant toMicros(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
