package io.gonkapulse.workercore.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** An invalid record with its bytes and the reason. */
public final class DeadLetter {

    private final SourcePosition source;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final String reason;
    private final String error;
    private final @Nullable OversizedBatch batch;

    /**
     * Does not copy the arrays.
     *
     * @param reason a fixed word
     * @param error a sentence for an operator
     */
    DeadLetter(SourcePosition source, byte @Nullable [] key, byte @Nullable [] value, String reason, String error) {
        this(source, key, value, reason, error, null);
    }

    private DeadLetter(
            SourcePosition source,
            byte @Nullable [] key,
            byte @Nullable [] value,
            String reason,
            String error,
            @Nullable OversizedBatch batch) {
        this.source = source;
        this.key = key;
        this.value = value;
        this.reason = reason;
        this.error = error;
        this.batch = batch;
    }

    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record, String reason, String error) {
        return new DeadLetter(SourcePosition.of(record), record.key(), record.value(), reason, error);
    }

    /** One dead letter for all records of an oversized batch. The records stay in the source topic. */
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> placeholder, OversizedBatch batch) {
        SourcePosition source = new SourcePosition(
                placeholder.topic(), placeholder.partition(), batch.firstOffset(), placeholder.timestamp());
        return new DeadLetter(source, null, null, OversizedBatch.REASON, batch.error(), batch);
    }

    /** The oversized batch; null if this is the dead letter of one record. */
    @Nullable
    OversizedBatch batch() {
        return batch;
    }

    public SourcePosition source() {
        return source;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    public String reason() {
        return reason;
    }

    public String error() {
        return error;
    }

    /** Position of the record in its source topic, where it stays until retention removes it. */
    public record SourcePosition(String topic, int partition, long offset, long timestamp) {

        static SourcePosition of(ConsumerRecord<?, ?> record) {
            return new SourcePosition(record.topic(), record.partition(), record.offset(), record.timestamp());
        }

        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }
}
