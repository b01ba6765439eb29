package io.gonkapulse.jobrecorder.merge;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event among those of its job: by the producer's clock, then by the id of the record. A redelivered
 * record has the same key. Not thread-safe.
 */
final class EventKey implements Comparable<EventKey> {

    /** Bytes of an event's id. */
    public static final int ID_LENGTH = 16;

    private static final int LENGTH = Long.BYTES + ID_LENGTH;

    /** Looking for the algorithm takes as long as a short record does. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventKey::sha256);

    private final long nanos;
    private final byte[] record;

    /** Computed when it is needed: two events of a job seldom have the same time. */
    private byte @Nullable [] id;

    /**
     * The key of a record.
     *
     * @param record the bytes of the whole event
     */
    public EventKey(Instant at, byte[] record) {
        this.nanos = at.getEpochSecond() * 1_000_000_000 + at.getNano();
        this.record = record;
    }

    /** The time in nanoseconds since 1970, before 2262. */
    long nanos() {
        return nanos;
    }

    /** The beginning of the SHA-256 of the record. */
    byte[] id() {
        if (id == null) {
            id = Arrays.copyOf(SHA_256.get().digest(record), ID_LENGTH);
        }
        return id;
    }

    /** Bytes that sort like the keys. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(nanos).put(id()).array();
    }

    @Override
    public int compareTo(EventKey other) {
        int byTime = Long.compare(nanos, other.nanos);
        return byTime != 0 || this == other ? byTime : Arrays.compareUnsigned(id(), other.id());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(nanos);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
