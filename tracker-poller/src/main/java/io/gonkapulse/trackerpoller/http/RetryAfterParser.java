package io.gonkapulse.trackerpoller.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The two forms in which a server says when to come back. */
final class RetryAfterParser {

    /** Whoever asks for more has made a mistake, or wants to be rid of us. */
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
