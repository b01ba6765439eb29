package io.gonkapulse.trackerpoller.monitoring;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Counts;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.Poll.Stages;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Collects the facts of one running poll and creates its record. Until it is closed, every log line of this thread has
 * its tracker and its id. Not thread-safe.
 */
public final class PollContext implements AutoCloseable {

    /** Makes the ids of a tracker sort by time. */
    private static final DateTimeFormatter POLL_ID_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** Fields of the JSON log. */
    private static final String TRACKER_FIELD = "tracker";

    private static final String POLL_FIELD = "pollId";

    /** The measured parts of a poll. */
    public enum PollStage {
        FETCH,
        PARSE,
        PUBLISH
    }

    private final PollingSettings settings;
    private final Purpose purpose;
    private final String owner;
    private final InstantSource clock;
    private final Instant startedAt;
    private final String pollId;
    private final Map<PollStage, Duration> stages = new EnumMap<>(PollStage.class);
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private NetworkFacts network = NetworkFacts.NONE;
    private @Nullable String url;
    private long published;

    public PollContext(PollingSettings tracker, Purpose purpose, String owner, InstantSource clock) {
        this.settings = tracker;
        this.purpose = purpose;
        this.owner = owner;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.pollId = tracker.name() + "-" + POLL_ID_TIME.format(startedAt) + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 16));
        setLogFields(settings.name(), pollId);
    }

    @Override
    public void close() {
        clearLogFields();
    }

    static void setLogFields(TrackerName tracker, String pollId) {
        MDC.put(TRACKER_FIELD, tracker.value());
        MDC.put(POLL_FIELD, pollId);
    }

    static void clearLogFields() {
        MDC.remove(TRACKER_FIELD);
        MDC.remove(POLL_FIELD);
    }

    public TrackerName tracker() {
        return settings.name();
    }

    public Purpose purpose() {
        return purpose;
    }

    public String pollId() {
        return pollId;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Caps the observed time at the arrival: a later one comes from a wrong clock. */
    public SnapshotOrigin origin(Instant fetchedAt, Instant observedAt, @Nullable Long height) {
        Instant known = observedAt.isAfter(fetchedAt) ? fetchedAt : observedAt;
        return new SnapshotOrigin(settings.name(), pollId, fetchedAt, known, height);
    }

    /** Measures a stage, also when it fails. */
    public void measure(PollStage stage, Runnable work) {
        measure(stage, () -> {
            work.run();
            return true;
        });
    }

    /** Measures a stage, also when it fails. */
    public <T> T measure(PollStage stage, Supplier<T> work) {
        Instant start = clock.instant();
        try {
            return work.get();
        } finally {
            addDuration(stage, Duration.between(start, clock.instant()));
        }
    }

    /** Adds time to a stage; negative time, from a clock that was set back, counts as zero. */
    public void addDuration(PollStage stage, Duration time) {
        stages.merge(stage, time.isNegative() ? Duration.ZERO : time, Duration::plus);
    }

    public void setUrl(String address) {
        url = address;
    }

    public void setNetwork(NetworkFacts facts) {
        network = facts;
    }

    public void addPublished(long count) {
        published += count;
    }

    public long published() {
        return published;
    }

    public void addSkipped(SkipReason reason, long count) {
        if (count > 0) {
            skipped.merge(reason, count, Long::sum);
        }
    }

    /** OK, or partial where a participant was skipped that should not be. */
    public Poll succeeded() {
        boolean whole = skipped.keySet().stream().allMatch(SkipReason::isRoutine);
        return toPoll(whole ? Outcome.OK : Outcome.PARTIAL, null);
    }

    public Poll stale(String reason) {
        return toPoll(Outcome.STALE, reason);
    }

    public Poll failed(String reason) {
        return toPoll(Outcome.FAILED, reason);
    }

    /** Sorts the skip reasons, so that log lines are comparable. */
    private Poll toPoll(Outcome outcome, @Nullable String error) {
        Map<String, Long> reasons = new TreeMap<>();
        skipped.forEach((reason, count) -> reasons.put(reason.label(), count));
        return new Poll(
                settings.name(),
                pollId,
                settings.kind(),
                purpose,
                owner,
                url,
                settings.interval(),
                startedAt,
                new Stages(durationOf(PollStage.FETCH), durationOf(PollStage.PARSE), durationOf(PollStage.PUBLISH)),
                outcome,
                error,
                new Counts(published, reasons),
                network);
    }

    private Duration durationOf(PollStage stage) {
        return stages.getOrDefault(stage, Duration.ZERO);
    }
}
