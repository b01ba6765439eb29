package io.gonkapulse.servicekit.keys;

import io.gonkapulse.servicekit.settings.SettingException;
import java.time.Duration;
import java.util.Optional;

/**
 * The rate limit of a client.
 *
 * @param requests per period, and the size of a burst
 * @param period in which the tokens are refilled
 */
public record RequestRate(int requests, Duration period) {

    private static final Duration MAX_PERIOD = Duration.ofDays(366);

    public RequestRate {
        if (requests < 1) {
            throw new SettingException("expected 1 request or more in a period, got " + requests);
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new SettingException("expected a period of 1s or longer, got " + period.toMillis() + "ms");
        }
        invalidReason(requests, period).ifPresent(reason -> {
            throw new SettingException(reason);
        });
    }

    /** Returns why the limiter, which counts in whole nanoseconds, cannot implement the limit; empty if it can. */
    public static Optional<String> invalidReason(int requests, Duration period) {
        if (period.compareTo(MAX_PERIOD) > 0) {
            return Optional.of(
                    "expected a period of " + MAX_PERIOD.toDays() + " days or less, got " + period.toDays() + " days");
        }
        return requests > period.toNanos()
                ? Optional.of("expected 1,000,000,000 requests a second or less, got " + requests + " in "
                        + period.toSeconds() + " s")
                : Optional.empty();
    }
}
