package io.gonkapulse.jobrecorder.ownwork;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** Ids of version 7 that follow from what the job is, so that a replay makes the same jobs. */
final class DerivedJobId {

    private static final long VERSION = 0x7000;
    private static final long VARIANT = 1L << 63;

    private DerivedJobId() {}

    /**
     * The id of a job.
     *
     * @param parts what identifies the job, without the character NUL
     */
    static UUID of(Instant startedAt, String... parts) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(String.join("\0", parts)));
        long high = (startedAt.toEpochMilli() << 16) | VERSION | (hash.getShort() & 0xfff);
        return new UUID(high, (hash.getLong() >>> 2) | VARIANT);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
