package io.gonkapulse.jobreporter;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations such as {@code 500ms}, {@code 30s}, {@code 5min} and {@code 2h}. */
public final class TimeSpanParser {

    private static final Pattern TIME_SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|min|h|d)");

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private TimeSpanParser() {}

    public static Duration parse(String text) {
        Matcher match = TIME_SPAN.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("Expected a duration such as 30s, 5min or 2h, got \"" + text + '"');
        }
        return UNITS.getOrDefault(match.group(2), Duration.ZERO).multipliedBy(Long.parseLong(match.group(1)));
    }
}
