package io.gonkapulse.migrations.output;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations of options, script headers and PostgreSQL settings, and waits for one. */
public final class DurationParser {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(ms|s|min|m|h)?");

    private DurationParser() {}

    /** Parses 500ms, 30s, 5min, 5m, 2h, or plain seconds. */
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

    /**
     * For conditions that can only be polled: a database that another machine starts, a lock that another session
     * holds.
     */
    public static void waitFor(Duration duration) {
        try {
            boolean woken = new CountDownLatch(1).await(duration.toMillis(), MILLISECONDS);
            assert !woken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MigrationException.failed("Interrupted while waiting; nothing is half done", e);
        }
    }
}
