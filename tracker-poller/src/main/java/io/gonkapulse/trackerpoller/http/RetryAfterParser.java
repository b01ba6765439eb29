package io.gonkapulse.trackerpoller.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the header Retry-After: seconds or an HTTP date. */
final class RetryAfterParser {

    /** A longer time is a mistake or a block; an hour is enough either way. */
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private RetryAfterParser() {}

    static Optional<Duration> parse(HttpHeaders headers, InstantSource clock) {
        return headers.firstValue("retry-after")
                .flatMap(text -> text.strip().matches("\\d{1,9}")
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
                        : parseDate(text, clock))
                .map(wait -> wait.compareTo(MAX_WAIT) < 0 ? wait : MAX_WAIT)
                .filter(wait -> !wait.isNegative());
    }

    /** Dates in the past yield a negative time, which the caller filters out. */
    private static Optional<Duration> parseDate(String text, InstantSource clock) {
        try {
            return Optional.of(Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
