package io.gonkapulse.migrations.scripts;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations of options and script headers, and formats measured ones. */
public final class DurationFormatter {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(ms|s|min|m|h)?");

    private DurationFormatter() {}

    /** Parses 500ms, 30s, 5min, 5m, 2h, or plain seconds. PostgreSQL would read plain numbers as milliseconds. */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Expected a duration such as 500ms, 30s, 5min or 2h, got \"" + text + '"');
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null || unit.equals("s")) {
            return Duration.ofSeconds(amount);
        }
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

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
