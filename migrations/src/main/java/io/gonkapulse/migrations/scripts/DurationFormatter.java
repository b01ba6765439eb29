package io.gonkapulse.migrations.scripts;

import java.time.Duration;
import java.util.Locale;

/** Formats measured durations. */
public final class DurationFormatter {

    private DurationFormatter() {}

    /** Formats the time since a value of {@link System#nanoTime}. */
    public static String formatSince(long startNanos) {
        return format(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : String.format(Locale.ROOT, "%d min %02d s", millis / 60_000, millis / 1000 % 60);
    }
}
