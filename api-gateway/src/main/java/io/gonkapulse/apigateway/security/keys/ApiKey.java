package io.gonkapulse.apigateway.security.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.core.GatewayProperties.RateLimit;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.servicekit.settings.SettingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stored form of an API key. The key itself cannot be derived from it.
 *
 * @param hash SHA-256 of the key, in hexadecimal
 * @param rights the non-public data that the key gives access to
 */
public record ApiKey(String name, String hash, RateLimit limit, Instant createdAt, Set<KeyRight> rights) {

    private static final int FIELDS_WITHOUT_RIGHTS = 5;
    private static final int KEY_BYTES = 32;

    public ApiKey {
        rights = Set.copyOf(rights);
    }

    /**
     * Parses one line of the key file. A key without rights has five fields, like the files of older releases.
     *
     * @throws SettingException if the line is invalid; the message never repeats text that may be a secret
     */
    static ApiKey parse(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length != FIELDS_WITHOUT_RIGHTS && fields.length != FIELDS_WITHOUT_RIGHTS + 1) {
            throw new SettingException("expected 5 or 6 fields, got " + fields.length);
        }
        try {
            int requests = Integer.parseInt(fields[2]);
            if (requests < 1) {
                throw new SettingException("expected 1 request or more in a period, got " + requests);
            }
            return new ApiKey(
                    fields[0],
                    fields[1],
                    new RateLimit(requests, Duration.parse(fields[3])),
                    Instant.parse(fields[4]),
                    fields.length == FIELDS_WITHOUT_RIGHTS ? Set.of() : parseRights(fields[FIELDS_WITHOUT_RIGHTS]));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new SettingException("expected a number of requests, a period and a time, got something else");
        }
    }

    /**
     * Parses rights that are separated by commas.
     *
     * @throws SettingException if a right is unknown
     */
    static Set<KeyRight> parseRights(String text) {
        return text.isBlank()
                ? Set.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(KeyRight::parse)
                        .collect(Collectors.toUnmodifiableSet());
    }

    String toLine() {
        String line = String.join(
                " ",
                name,
                hash,
                String.valueOf(limit.requests()),
                limit.period().toString(),
                createdAt.toString());
        return rights.isEmpty() ? line : line + ' ' + formatRights();
    }

    /** The rights in a fixed order, so that a file does not change without reason. */
    String formatRights() {
        EnumSet<KeyRight> sorted = EnumSet.noneOf(KeyRight.class);
        sorted.addAll(rights);
        return sorted.stream().map(KeyRight::apiName).collect(Collectors.joining(","));
    }

    /** Generates a key of 256 random bits. That many need only one round of SHA-256, and no salt. */
    static String generateKey(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return "gp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
