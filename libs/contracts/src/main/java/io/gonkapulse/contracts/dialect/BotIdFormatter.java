package io.gonkapulse.contracts.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobLimits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Makes bot ids of the names of other job systems. Different long names keep different ids. */
final class BotIdFormatter {

    private static final int MAX_LENGTH = 64;
    private static final int HASH_BYTES = 4;
    private static final int MAX_HEAD_LENGTH = MAX_LENGTH - 1 - 2 * HASH_BYTES;

    private BotIdFormatter() {}

    static String format(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        if (id.length() <= MAX_LENGTH) {
            return id;
        }
        return id.substring(0, MAX_HEAD_LENGTH) + '-' + HexFormat.of().formatHex(hash(name), 0, HASH_BYTES);
    }

    private static byte[] hash(String name) {
        JobLimits.requireStorable(name, "the name");
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
