package io.gonkapulse.networksimulator.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Generates meaningless but reproducible hashes. */
final class HashGenerator {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final long seed;

    HashGenerator(long seed) {
        this.seed = seed;
    }

    /** @param bytes number of bytes, up to 64 */
    String hex(String what, long number, int bytes) {
        byte[] digest = sha512().digest((seed + what + number).getBytes(StandardCharsets.UTF_8));
        return HEX.formatHex(digest, 0, bytes);
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-512 in every JDK", e);
        }
    }
}
