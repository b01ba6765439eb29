package io.gonkapulse.servicekit.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Checks the limits of settings. Failures are one line that names the setting. */
public final class SettingLimits {

    private static final Map<Duration, String> UNITS = new TreeMap<>(Map.of(
            ChronoUnit.DAYS.getDuration(), "d",
            ChronoUnit.HOURS.getDuration(), "h",
            ChronoUnit.MINUTES.getDuration(), "m",
            ChronoUnit.SECONDS.getDuration(), "s"));

    private SettingLimits() {}

    /**
     * Checks a duration. The message explains units, because a number without one means
     * milliseconds.
     *
     * @throws SettingException if it is shorter
     */
    public static void requireAtLeast(String setting, Duration value, Duration minimum) {
        if (value.compareTo(minimum) < 0) {
            throw new SettingException(setting + ": expected " + format(minimum) + " or longer, got " + format(value)
                    + " (a number without a unit means milliseconds; write 90d, 6h, 5m, 30s or 500ms)");
        }
    }

    /**
     * Checks a number.
     *
     * @throws SettingException if it is smaller
     */
    public static void requireAtLeast(String setting, long value, long minimum) {
        if (value < minimum) {
            throw new SettingException(setting + ": expected " + minimum + " or more, got " + value);
        }
    }

    /** Formats a duration in its largest exact unit. */
    public static String format(Duration time) {
        String text = time.toMillis() + "ms";
        for (Map.Entry<Duration, String> unit : UNITS.entrySet()) {
            long amount = time.dividedBy(unit.getKey());
            if (amount != 0 && unit.getKey().multipliedBy(amount).equals(time)) {
                text = amount + unit.getValue();
            }
        }
        return text;
    }
}
