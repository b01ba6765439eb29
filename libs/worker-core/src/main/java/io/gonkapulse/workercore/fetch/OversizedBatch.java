package io.gonkapulse.workercore.fetch;

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
 * @param first the first offset of the batch
 * @param last the last offset of the batch
 * @param records how many records it holds
 * @param compressed its bytes as they are in the topic
 * @param limit what it may inflate to
 */
public record OversizedBatch(long first, long last, long records, long compressed, long limit) {

    public static final String REASON = "BATCH_TOO_LARGE";

    private static final String KEY = "gonkapulse-oversized-batch";

    /** Known to this process alone: no sender can make a record that is taken for a stand-in. */
    private static final byte[] SECRET = secret();

    private static final int NUMBERS = 5;

    private static byte[] secret() {
        UUID random = UUID.randomUUID();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }

    /** The batch that this record stands in for; null for a record that somebody sent. */
    public static @Nullable OversizedBatch behind(ConsumerRecord<?, ?> record) {
        // Every record is asked, and records without a value are rare.
        if (record.value() != null) {
            return null;
        }
        Header header = record.headers().lastHeader(KEY);
        if (header == null
                || header.value() == null
                || header.value().length != SECRET.length + NUMBERS * Long.BYTES
                || !Arrays.equals(header.value(), 0, SECRET.length, SECRET, 0, SECRET.length)) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(header.value()).position(SECRET.length);
        return new OversizedBatch(
                numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }

    Header header() {
        return new RecordHeader(
                KEY,
                ByteBuffer.allocate(SECRET.length + NUMBERS * Long.BYTES)
                        .put(SECRET)
                        .putLong(first)
                        .putLong(last)
                        .putLong(records)
                        .putLong(compressed)
                        .putLong(limit)
                        .array());
    }

    /** How many of its records are not before a position: it may have been applied in part when the limit was higher. */
    public long recordsFrom(long position) {
        return recordsBetween(position, Long.MAX_VALUE);
    }

    /** How many of its records are not before one position and before the other. */
    public long recordsBetween(long from, long to) {
        return Math.max(0, Math.min(records, Math.min(last + 1, to) - Math.max(first, from)));
    }

    /** A sentence for an operator. */
    public String error() {
        return "A compressed batch of " + records + " records, offsets " + first + " to " + last + ", " + compressed
                + " bytes in the topic, inflates to more than " + limit + " bytes, which INTAKE_MAXINFLATED allows";
    }
}
