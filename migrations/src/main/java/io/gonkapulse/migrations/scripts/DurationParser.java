package io.gonkapulse.migrations.scripts;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations of options and script headers. */
public final class DurationParser {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(ms|s|min|m|h)?");

    private DurationParser() {}

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
}
