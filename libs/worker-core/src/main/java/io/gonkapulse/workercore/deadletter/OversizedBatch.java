package io.gonkapulse.workercore.deadletter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A compressed batch that inflates to more than is allowed. A record without a value stands in for it, at its last offset.
 *
 * @param firstOffset the first offset of the batch
 * @param lastOffset the last offset of the batch
 * @param recordCount how many records it holds
 * @param compressedBytes its bytes as they are in the topic
 * @param limitBytes what it may inflate to
 */
public record OversizedBatch(
        long firstOffset, long lastOffset, long recordCount, long compressedBytes, long limitBytes) {

    public static final String REASON = "BATCH_TOO_LARGE";

    private static final String HEADER_KEY = "gonkapulse-oversized-batch";

    /** Known to this process alone: no sender can make a record that is taken for a stand-in. */
    private static final byte[] PROCESS_SECRET = createSecret();

    private static final int LONG_FIELDS = 5;

    private static byte[] createSecret() {
        UUID random = UUID.randomUUID();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }

    /** The batch that this record stands in for; null for a record that somebody sent. */
    public static @Nullable OversizedBatch fromPlaceholder(ConsumerRecord<?, ?> record) {
        // Every record is asked, and records without a value are rare.
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

    /** How many of its records are not before a position: it may have been applied in part when the limit was higher. */
    public long recordsFrom(long position) {
        return recordsBetween(position, Long.MAX_VALUE);
    }

    /** How many of its records are not before one position and before the other. */
    public long recordsBetween(long from, long to) {
        return Math.max(0, Math.min(recordCount, Math.min(lastOffset + 1, to) - Math.max(firstOffset, from)));
    }

    /** A sentence for an operator. */
    public String error() {
        return "A compressed batch of " + recordCount + " records, offsets " + firstOffset + " to " + lastOffset + ", "
                + compressedBytes + " bytes in the topic, inflates to more than " + limitBytes
                + " bytes, which CONSUMER_MAX_UNCOMPRESSED_BATCH allows";
    }
}
