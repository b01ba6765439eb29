package io.gonkapulse.trackerpoller.telling;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Origin;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Counts;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.Poll.Stages;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
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

/** What is written down while a poll runs, and becomes the record of it. */
public final class PollNotes {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** The parts of a poll whose time is taken. */
    public enum Stage {
        FETCH,
        PARSE,
        PUBLISH
    }

    private final TrackerSettings tracker;
    private final Purpose purpose;
    private final String owner;
    private final InstantSource clock;
    private final Instant startedAt;
    private final String pollId;
    private final Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
    private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
    private NetworkFacts network = NetworkFacts.NONE;
    private @Nullable String url;
    private long published;

    public PollNotes(TrackerSettings tracker, Purpose purpose, String owner, InstantSource clock) {
        this.tracker = tracker;
        this.purpose = purpose;
        this.owner = owner;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.pollId = tracker.name() + "-" + STAMP.format(startedAt) + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 16));
    }

    public TrackerName tracker() {
        return tracker.name();
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

    /** A moment after the answer arrived comes from a clock that is wrong: then it is not known when the answer was true. */
    public Origin origin(Instant fetchedAt, Instant observedAt, @Nullable Long height) {
        Instant known = observedAt.isAfter(fetchedAt) ? fetchedAt : observedAt;
        return new Origin(tracker.name(), pollId, fetchedAt, known, height);
    }

    /** Adds the time that the work takes to a stage, also when it fails. */
    public void timing(Stage stage, Runnable work) {
        timing(stage, () -> {
            work.run();
            return true;
        });
    }

    /** Adds the time that the work takes to a stage, also when it fails. */
    public <T> T timing(Stage stage, Supplier<T> work) {
        Instant begin = clock.instant();
        try {
            return work.get();
        } finally {
            took(stage, Duration.between(begin, clock.instant()));
        }
    }

    /** Adds time to a stage; a clock that was set back adds nothing. */
    public void took(Stage stage, Duration time) {
        stages.merge(stage, time.isNegative() ? Duration.ZERO : time, Duration::plus);
    }

    public void asked(String site) {
        url = site;
    }

    public void learned(NetworkFacts facts) {
        network = facts;
    }

    public void published(long count) {
        published += count;
    }

    public long published() {
        return published;
    }

    public void skipped(Skip reason, long count) {
        if (count > 0) {
            skipped.merge(reason, count, Long::sum);
        }
    }

    /** Published and whole, or partial where something was skipped that ought not to be. */
    public Poll ok() {
        boolean whole = skipped.keySet().stream().allMatch(Skip::isRoutine);
        return as(whole ? Outcome.OK : Outcome.PARTIAL, null);
    }

    public Poll stale(String why) {
        return as(Outcome.STALE, why);
    }

    public Poll failed(String why) {
        return as(Outcome.FAILED, why);
    }

    private Poll as(Outcome outcome, @Nullable String error) {
        Map<String, Long> reasons = new TreeMap<>();
        skipped.forEach((reason, count) -> reasons.put(reason.word(), count));
        return new Poll(
                tracker.name(),
                pollId,
                tracker.kind(),
                purpose,
                owner,
                url,
                tracker.interval(),
                startedAt,
                new Stages(took(Stage.FETCH), took(Stage.PARSE), took(Stage.PUBLISH)),
                outcome,
                error,
                new Counts(published, reasons),
                network);
    }

    private Duration took(Stage stage) {
        return stages.getOrDefault(stage, Duration.ZERO);
    }
}
