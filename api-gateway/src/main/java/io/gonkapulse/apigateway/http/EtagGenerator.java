package io.gonkapulse.apigateway.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Computes short hashes of response contents. */
final class EtagGenerator {

    private static final int BYTES = 12;

    private EtagGenerator() {}

    static String generate(byte[] content) {
        byte[] start = Arrays.copyOf(sha256().digest(content), BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(start);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
