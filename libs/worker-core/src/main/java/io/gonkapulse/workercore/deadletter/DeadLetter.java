package io.gonkapulse.workercore.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record that could not be used, with its bytes. */
public final class DeadLetter {

    private final SourcePosition source;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final String reason;
    private final String error;
    private final @Nullable OversizedBatch batch;

    /**
     * Keeps the arrays as they are.
     *
     * @param reason one of a few fixed words
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

    /** For all records of a batch that was too large. They stay where they are. */
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> placeholder, OversizedBatch batch) {
        SourcePosition source = new SourcePosition(
                placeholder.topic(), placeholder.partition(), batch.firstOffset(), placeholder.timestamp());
        return new DeadLetter(source, null, null, OversizedBatch.REASON, batch.error(), batch);
    }

    /** The batch that it is for; null if it is for one record. */
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

    /** Where it came from; there it still is, as long as the topic keeps it. */
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
