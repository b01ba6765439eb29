package io.gonkapulse.servicekit.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.servicekit.settings.SettingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stored form of an API key. The key itself cannot be derived from it.
 *
 * @param hash SHA-256 of the key, in hexadecimal
 * @param grants what the key gives access to
 */
public record ApiKey<G extends Comparable<? super G>>(
        String name, String hash, RequestRate limit, Instant createdAt, Set<G> grants) {

    private static final int FIELDS_WITHOUT_GRANTS = 5;
    private static final int KEY_BYTES = 32;

    public ApiKey {
        grants = Set.copyOf(grants);
    }

    /**
     * Parses one line of the key file. A key without grants has five fields, like the files of older releases.
     *
     * @throws SettingException if the line is invalid; the message never repeats text that may be a secret
     */
    static <G extends Comparable<? super G>> ApiKey<G> parse(String line, KeyGrantFormat<G> format) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length != FIELDS_WITHOUT_GRANTS && fields.length != FIELDS_WITHOUT_GRANTS + 1) {
            throw new SettingException("expected 5 or 6 fields, got " + fields.length);
        }
        try {
            return new ApiKey<>(
                    fields[0],
                    fields[1],
                    new RequestRate(Integer.parseInt(fields[2]), Duration.parse(fields[3])),
                    Instant.parse(fields[4]),
                    fields.length == FIELDS_WITHOUT_GRANTS
                            ? Set.of()
                            : parseGrants(fields[FIELDS_WITHOUT_GRANTS], format));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new SettingException("expected a number of requests, a period and a time, got something else");
        }
    }

    /**
     * Parses grants that are separated by commas.
     *
     * @throws SettingException if one is invalid
     */
    public static <G extends Comparable<? super G>> Set<G> parseGrants(String text, KeyGrantFormat<G> format) {
        return text.isBlank()
                ? Set.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(format::parse)
                        .collect(Collectors.toUnmodifiableSet());
    }

    String toLine(KeyGrantFormat<G> format) {
        String line = String.join(
                " ",
                name,
                hash,
                String.valueOf(limit.requests()),
                limit.period().toString(),
                createdAt.toString());
        return grants.isEmpty() ? line : line + ' ' + formatGrants(format);
    }

    /** The grants in a fixed order, so that a file does not change without reason. */
    String formatGrants(KeyGrantFormat<G> format) {
        return grants.stream().sorted().map(format::format).collect(Collectors.joining(","));
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
