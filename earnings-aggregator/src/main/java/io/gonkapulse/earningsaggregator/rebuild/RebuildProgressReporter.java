package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport.ReplayCounts;
import io.gonkapulse.workercore.replay.RebuildListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts records and reports the progress once per interval. Thread-safe. */
final class RebuildProgressReporter {

    private final InstantSource clock;
    private final RebuildListener listener;
    private final LongAdder read = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder outOfBounds = new LongAdder();
    private final Instant start;
    private final Duration interval;
    private final LongAdder expected = new LongAdder();
    private Instant lastReport;

    RebuildProgressReporter(InstantSource clock, Duration interval, RebuildListener listener) {
        this.clock = clock;
        this.interval = interval;
        this.listener = listener;
        this.start = clock.instant();
        this.lastReport = start;
    }

    void addExpected(long records) {
        expected.add(records);
    }

    /** Call it for many records at once: it reads the clock each time. */
    void addRead(long more) {
        read.add(more);
        reportIfDue();
    }

    void addRefused(long more) {
        refused.add(more);
    }

    void addRefused(UndecodableMessageException.Reason reason) {
        refused.increment();
        if (reason == UndecodableMessageException.Reason.OUT_OF_BOUNDS) {
            outOfBounds.increment();
        }
    }

    ReplayCounts records() {
        return new ReplayCounts(read.sum(), refused.sum(), outOfBounds.sum());
    }

    void report(String line) {
        listener.progress(line);
    }

    void stage(String name) {
        listener.stage(name);
    }

    /** Called by several reading threads. */
    private synchronized void reportIfDue() {
        Instant now = clock.instant();
        if (Duration.between(lastReport, now).compareTo(interval) >= 0) {
            lastReport = now;
            listener.progress(line(read.sum(), expected.sum(), now));
        }
    }

    private String line(long sum, long total, Instant now) {
        long rate = sum * 1_000 / Math.max(1, Duration.between(start, now).toMillis());
        long left = Math.max(0, total - sum) / Math.max(1, rate);
        return String.format(
                Locale.ROOT, "read %,d of %,d records, %,d a second, %s left", sum, total, rate, formatDuration(left));
    }

    private static String formatDuration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }
}
