package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Tells how far the reading is, not more often than people can read. */
final class Progress {

    private final InstantSource clock;
    private final Consumer<String> listener;
    private final LongAdder read = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder outOfBounds = new LongAdder();
    private final Instant start;
    private final Duration interval;
    private final LongAdder expected = new LongAdder();
    private Instant told;

    Progress(InstantSource clock, Duration interval, Consumer<String> listener) {
        this.clock = clock;
        this.interval = interval;
        this.listener = listener;
        this.start = clock.instant();
        this.told = start;
    }

    void expect(long records) {
        expected.add(records);
    }

    /** To be called now and then, not for every record: it looks at the clock. */
    void read(long more) {
        read.add(more);
        look();
    }

    void refused(long more) {
        refused.add(more);
    }

    void refused(UndecodableMessageException.Reason reason) {
        refused.increment();
        if (reason == UndecodableMessageException.Reason.OUT_OF_BOUNDS) {
            outOfBounds.increment();
        }
    }

    RecordCounts records() {
        return new RecordCounts(read.sum(), refused.sum(), outOfBounds.sum());
    }

    void say(String what) {
        listener.accept(what);
    }

    private synchronized void look() {
        Instant now = clock.instant();
        if (Duration.between(told, now).compareTo(interval) >= 0) {
            told = now;
            listener.accept(line(read.sum(), expected.sum(), now));
        }
    }

    private String line(long sum, long of, Instant now) {
        long rate = sum * 1_000 / Math.max(1, Duration.between(start, now).toMillis());
        long left = Math.max(0, of - sum) / Math.max(1, rate);
        return String.format(Locale.ROOT, "read %,d of %,d records, %,d a second, %s left", sum, of, rate, words(left));
    }

    private static String words(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }
}
