package io.gonkapulse.trackerpoller.monitoring;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
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

/**
 * Reports polls: one log line per poll, none per node; listeners; and the last poll of every tracker for the health
 * endpoint. Thread-safe.
 */
public final class PollReporter {

    private static final Logger LOG = LoggerFactory.getLogger(PollReporter.class);

    private final InstantSource clock;
    /** A listener can join while polls run: the quickstart adds one after the start. */
    private final List<PollListener> listeners = new CopyOnWriteArrayList<>();

    private final Map<TrackerName, LastPolls> lastPolls = new ConcurrentHashMap<>();

    public PollReporter(InstantSource clock) {
        this.clock = clock;
    }

    /** Receives every poll. */
    public interface PollListener {

        void onPoll(Poll poll);

        void onPollsSkipped(TrackerName tracker, long count);

        default void onAssigned(Tracker tracker) {}

        default void onRevoked(TrackerName tracker) {}
    }

    /**
     * The last polls of the running epoch.
     *
     * @param lastSuccess when the last successful poll ended
     */
    public record LastPolls(Poll newest, Optional<Instant> lastSuccess) {}

    public void addListener(PollListener listener) {
        listeners.add(listener);
    }

    public void report(Poll poll) {
        if (poll.purpose() == Purpose.CURRENT) {
            lastPolls.compute(poll.tracker(), (tracker, before) -> new LastPolls(poll, lastSuccess(poll, before)));
        }
        PollContext.setLogFields(poll.tracker(), poll.pollId());
        log(poll);
        PollContext.clearLogFields();
        listeners.forEach(listener -> listener.onPoll(poll));
    }

    /** Reports scheduled polls that passed while a poll ran or while the lease was not held. */
    public void reportSkipped(TrackerName tracker, long count) {
        if (count > 0) {
            listeners.forEach(listener -> listener.onPollsSkipped(tracker, count));
        }
    }

    /** Call when a tracker was assigned. */
    public void add(Tracker tracker) {
        listeners.forEach(listener -> listener.onAssigned(tracker));
    }

    /** Call when a tracker was revoked; drops its polls. */
    public void remove(TrackerName tracker) {
        lastPolls.remove(tracker);
        listeners.forEach(listener -> listener.onRevoked(tracker));
    }

    public Optional<LastPolls> lastPollsOf(TrackerName tracker) {
        return Optional.ofNullable(lastPolls.get(tracker));
    }

    private Optional<Instant> lastSuccess(Poll poll, @Nullable LastPolls before) {
        if (poll.outcome() == Outcome.OK || poll.outcome() == Outcome.PARTIAL) {
            return Optional.of(clock.instant());
        }
        return before == null ? Optional.empty() : before.lastSuccess();
    }

    /** One line per poll, as a warning when the poll failed or was stale. */
    private static void log(Poll poll) {
        String format =
                "{} {} of {}: epoch {}, {} published{} in {} ms ({} fetch, {} parse, {} publish), from {}, poll {}{}";
        Object[] arguments = {
            poll.purpose().name().toLowerCase(Locale.ROOT),
            poll.outcome().name().toLowerCase(Locale.ROOT),
            poll.tracker(),
            poll.network().epoch(),
            poll.counts().published(),
            poll.counts().skipped().isEmpty()
                    ? ""
                    : ", skipped " + poll.counts().skipped(),
            totalTime(poll).toMillis(),
            poll.stages().fetch().toMillis(),
            poll.stages().parse().toMillis(),
            poll.stages().publish().toMillis(),
            poll.url(),
            poll.pollId(),
            poll.error() == null ? "" : ": " + poll.error()
        };
        if (poll.outcome() == Outcome.FAILED || poll.outcome() == Outcome.STALE) {
            LOG.warn(format, arguments);
        } else {
            LOG.info(format, arguments);
        }
    }

    static Duration totalTime(Poll poll) {
        return poll.stages()
                .fetch()
                .plus(poll.stages().parse())
                .plus(poll.stages().publish());
    }
}
