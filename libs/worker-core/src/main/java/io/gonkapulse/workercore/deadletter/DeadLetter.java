package io.gonkapulse.workercore.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** An invalid record with its bytes and the reason, and its form as a record of the dead letter topic. */
public final class DeadLetter {

    private static final long NONE = -1;

    private final SourcePosition source;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final String reason;
    private final String error;
    private final long lastOffset;
    private final long omittedBytes;

    /**
     * Does not copy the arrays.
     *
     * @param reason a fixed word
     * @param error a sentence for an operator
     * @param lastOffset of an oversized batch, else {@link #NONE}
     * @param omittedBytes size of a value that is left out, else {@link #NONE}
     */
    private DeadLetter(
            SourcePosition source,
            byte @Nullable [] key,
            byte @Nullable [] value,
            String reason,
            String error,
            long lastOffset,
            long omittedBytes) {
        this.source = source;
        this.key = key;
        this.value = value;
        this.reason = reason;
        this.error = error;
        this.lastOffset = lastOffset;
        this.omittedBytes = omittedBytes;
    }

    public static DeadLetter of(ConsumerRecord<byte[], byte[]> record, String reason, String error) {
        return new DeadLetter(SourcePosition.of(record), record.key(), record.value(), reason, error, NONE, NONE);
    }

    /** One dead letter for all records of an oversized batch. The records stay in the source topic. */
    public static DeadLetter of(ConsumerRecord<?, ?> placeholder, OversizedBatch batch) {
        SourcePosition source = new SourcePosition(
                placeholder.topic(), placeholder.partition(), batch.firstOffset(), placeholder.timestamp());
        return new DeadLetter(
                source, null, null, OversizedBatch.REASON, batch.error(), batch.lastOffset(), batch.compressedBytes());
    }

    /** Parses a record of a dead letter topic. An oversized batch there becomes one dead letter too. */
    public static DeadLetter parse(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        OversizedBatch batch = OversizedBatch.fromPlaceholder(record);
        if (batch != null) {
            return of(record, batch);
        }
        Headers headers = record.headers();
        SourcePosition source = new SourcePosition(
                DeadLetterHeader.SOURCE_TOPIC.get(headers),
                (int) DeadLetterHeader.SOURCE_PARTITION.getLong(headers),
                DeadLetterHeader.SOURCE_OFFSET.getLong(headers),
                DeadLetterHeader.SOURCE_TIMESTAMP.getLong(headers));
        return new DeadLetter(
                source,
                Utils.toNullableArray(record.key()),
                Utils.toNullableArray(record.value()),
                DeadLetterHeader.REASON.get(headers),
                DeadLetterHeader.ERROR.get(headers),
                DeadLetterHeader.SOURCE_LAST_OFFSET.getLong(headers),
                DeadLetterHeader.VALUE_OMITTED.isPresent(headers)
                        ? Math.max(0, DeadLetterHeader.VALUE_OMITTED.getLong(headers))
                        : NONE);
    }

    ProducerRecord<byte[], byte[]> toRecord(String topic, String group) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
        DeadLetterHeader.SOURCE_TOPIC.put(record.headers(), source.topic());
        DeadLetterHeader.SOURCE_PARTITION.put(record.headers(), source.partition());
        DeadLetterHeader.SOURCE_OFFSET.put(record.headers(), source.offset());
        if (lastOffset != NONE) {
            DeadLetterHeader.SOURCE_LAST_OFFSET.put(record.headers(), lastOffset);
        }
        if (omittedBytes != NONE) {
            DeadLetterHeader.VALUE_OMITTED.put(record.headers(), omittedBytes);
        }
        DeadLetterHeader.SOURCE_TIMESTAMP.put(record.headers(), source.timestamp());
        DeadLetterHeader.GROUP.put(record.headers(), group);
        DeadLetterHeader.REASON.put(record.headers(), reason);
        DeadLetterHeader.ERROR.put(record.headers(), error);
        return record;
    }

    /** For a record that does not fit into the dead letter topic. */
    DeadLetter withoutKeyAndValue() {
        return new DeadLetter(source, null, null, reason, error, lastOffset, value == null ? 0 : value.length);
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

    /** True if the record exists in its source topic only, so it cannot be sent again from here. */
    public boolean isValueOmitted() {
        return omittedBytes != NONE;
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

    /** Headers of a dead letter. All values are text, so that every Kafka tool can show them. */
    private enum DeadLetterHeader {
        SOURCE_TOPIC("source-topic"),
        SOURCE_PARTITION("source-partition"),
        SOURCE_OFFSET("source-offset"),
        /** Last offset of an oversized batch; its first one is in source-offset. */
        SOURCE_LAST_OFFSET("source-last-offset"),
        SOURCE_TIMESTAMP("source-timestamp"),
        GROUP("group"),
        REASON("reason"),
        ERROR("error"),
        /** Size of a value that is left out, because it does not fit into the dead letter topic. */
        VALUE_OMITTED("value-left-out");

        private static final int MAX_LENGTH = 4_000;

        private final String key;

        DeadLetterHeader(String key) {
            this.key = key;
        }

        void put(Headers headers, Object value) {
            String text = value.toString();
            headers.add(key, (text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text).getBytes(UTF_8));
        }

        boolean isPresent(Headers headers) {
            return headers.lastHeader(key) != null;
        }

        /** Returns an empty text if the header is missing. */
        String get(Headers headers) {
            var header = headers.lastHeader(key);
            return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
        }

        /** Returns {@link #NONE} if the header is missing or no number. */
        long getLong(Headers headers) {
            String text = get(headers);
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : NONE;
        }
    }
}
