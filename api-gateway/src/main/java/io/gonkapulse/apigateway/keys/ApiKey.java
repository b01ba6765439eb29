package io.gonkapulse.apigateway.keys;

import io.gonkapulse.apigateway.settings.GatewayProperties.RateLimit;
import io.gonkapulse.servicekit.settings.SettingException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A key as it is kept: what was given out cannot be told from it.
 *
 * @param hash SHA-256 of the key, in hexadecimal
 */
public record ApiKey(String name, String hash, RateLimit limit, Instant createdAt) {

    private static final int FIELDS = 5;

    /** One line of the file; nothing for a blank line, a comment, or one that cannot be read. */
    static Optional<ApiKey> parse(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (line.isBlank() || line.startsWith("#") || fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            int requests = Integer.parseInt(fields[2]);
            return requests < 1
                    ? Optional.empty()
                    : Optional.of(new ApiKey(
                            fields[0],
                            fields[1],
                            new RateLimit(requests, Duration.parse(fields[3])),
                            Instant.parse(fields[4])));
        } catch (NumberFormatException | DateTimeParseException | SettingException e) {
            return Optional.empty();
        }
    }

    String line() {
        return String.join(
                " ", name, hash, String.valueOf(limit.requests()), limit.per().toString(), createdAt.toString());
    }
}
