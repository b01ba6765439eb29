package io.gonkapulse.trackerpoller.telling;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how polls went: a line for each poll, none for a node, and the last word of every tracker for health. */
public final class PollLog {

    private static final Logger LOG = LoggerFactory.getLogger(PollLog.class);

    private final InstantSource clock;
    private final List<PollWatcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<TrackerName, LastPolls> last = new ConcurrentHashMap<>();

    public PollLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Whoever wants to know of every poll. */
    public interface PollWatcher {

        void polled(Poll poll);

        void missed(TrackerName tracker, long beats);

        /** Somebody else polls it now. */
        default void forgotten(TrackerName tracker) {}
    }

    /**
     * The last polls of the running epoch.
     *
     * @param lastSuccess when the last one that published something fresh ended
     */
    public record LastPolls(Poll newest, Optional<Instant> lastSuccess) {}

    public void tell(PollWatcher watcher) {
        watchers.add(watcher);
    }

    public void polled(Poll poll) {
        if (poll.purpose() == Purpose.CURRENT) {
            last.compute(poll.tracker(), (tracker, before) -> new LastPolls(poll, lastSuccess(poll, before)));
        }
        LogFields.set(poll);
        write(poll);
        LogFields.clear();
        watchers.forEach(watcher -> watcher.polled(poll));
    }

    /** Beats that passed while the poll before them ran, or while another poller could have owned the tracker. */
    public void missed(TrackerName tracker, long beats) {
        if (beats > 0) {
            watchers.forEach(watcher -> watcher.missed(tracker, beats));
        }
    }

    /** Forgets a tracker that somebody else polls now. */
    public void forget(TrackerName tracker) {
        last.remove(tracker);
        watchers.forEach(watcher -> watcher.forgotten(tracker));
    }

    public Optional<LastPolls> of(TrackerName tracker) {
        return Optional.ofNullable(last.get(tracker));
    }

    private Optional<Instant> lastSuccess(Poll poll, @Nullable LastPolls before) {
        if (poll.outcome() == Outcome.OK || poll.outcome() == Outcome.PARTIAL) {
            return Optional.of(clock.instant());
        }
        return before == null ? Optional.empty() : before.lastSuccess();
    }

    private static void write(Poll poll) {
        String line =
                "{} {} of {}: epoch {}, {} published{} in {} ms ({} fetch, {} parse, {} publish), from {}, poll {}{}";
        Object[] words = {
            poll.purpose().name().toLowerCase(Locale.ROOT),
            poll.outcome().name().toLowerCase(Locale.ROOT),
            poll.tracker(),
            poll.network().epoch(),
            poll.counts().published(),
            poll.counts().skipped().isEmpty()
                    ? ""
                    : ", skipped " + poll.counts().skipped(),
            total(poll).toMillis(),
            poll.stages().fetch().toMillis(),
            poll.stages().parse().toMillis(),
            poll.stages().publish().toMillis(),
            poll.url(),
            poll.pollId(),
            poll.error() == null ? "" : ": " + poll.error()
        };
        if (poll.outcome() == Outcome.FAILED || poll.outcome() == Outcome.STALE) {
            LOG.warn(line, words);
        } else {
            LOG.info(line, words);
        }
    }

    static Duration total(Poll poll) {
        return poll.stages()
                .fetch()
                .plus(poll.stages().parse())
                .plus(poll.stages().publish());
    }
}
