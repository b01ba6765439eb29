package io.gonkapulse.workercore.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Headers of a dead letter. All values are text, so that every Kafka tool can show them. */
enum DeadLetterHeader {
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
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    /** Returns -1 if the header is missing or no number. */
    long getLong(Headers headers) {
        String text = get(headers);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
