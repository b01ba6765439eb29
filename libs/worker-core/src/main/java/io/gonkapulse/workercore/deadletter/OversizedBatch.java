package io.gonkapulse.workercore.deadletter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A compressed batch whose uncompressed size exceeds the limit. A placeholder record without a
 * value replaces it at its last offset.
 *
 * @param compressedBytes size in the topic
 * @param limitBytes maximum uncompressed size
 */
public record OversizedBatch(
        long firstOffset, long lastOffset, long recordCount, long compressedBytes, long limitBytes) {

    public static final String REASON = "BATCH_TOO_LARGE";

    private static final String HEADER_KEY = "gonkapulse-oversized-batch";

    /** Known to this process only, so no producer can forge a placeholder. */
    private static final byte[] PROCESS_SECRET = createSecret();

    private static final int LONG_FIELDS = 5;

    private static byte[] createSecret() {
        UUID random = UUID.randomUUID();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }

    /** Returns the batch that a placeholder replaces; null for an ordinary record. */
    public static @Nullable OversizedBatch fromPlaceholder(ConsumerRecord<?, ?> record) {
        // Runs for every record; the null check keeps it cheap.
        if (record.value() != null) {
            return null;
        }
        Header header = record.headers().lastHeader(HEADER_KEY);
        if (header == null
                || header.value() == null
                || header.value().length != PROCESS_SECRET.length + LONG_FIELDS * Long.BYTES
                || !Arrays.equals(header.value(), 0, PROCESS_SECRET.length, PROCESS_SECRET, 0, PROCESS_SECRET.length)) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(header.value()).position(PROCESS_SECRET.length);
        return new OversizedBatch(
                numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }

    public Header toHeader() {
        return new RecordHeader(
                HEADER_KEY,
                ByteBuffer.allocate(PROCESS_SECRET.length + LONG_FIELDS * Long.BYTES)
                        .put(PROCESS_SECRET)
                        .putLong(firstOffset)
                        .putLong(lastOffset)
                        .putLong(recordCount)
                        .putLong(compressedBytes)
                        .putLong(limitBytes)
                        .array());
    }

    /** Counts the records from an offset on. Earlier ones may have been applied when the limit was higher. */
    public long recordsFrom(long position) {
        return recordsBetween(position, Long.MAX_VALUE);
    }

    /** Counts the records in a range of offsets; {@code to} is exclusive. */
    public long recordsBetween(long from, long to) {
        return Math.max(0, Math.min(recordCount, Math.min(lastOffset + 1, to) - Math.max(firstOffset, from)));
    }

    /** A sentence for an operator. */
    public String error() {
        return "A compressed batch of " + recordCount + " records, offsets " + firstOffset + " to " + lastOffset + ", "
                + compressedBytes + " bytes in the topic, decompresses to more than " + limitBytes
                + " bytes, which CONSUMER_MAX_UNCOMPRESSED_BATCH allows";
    }
}
