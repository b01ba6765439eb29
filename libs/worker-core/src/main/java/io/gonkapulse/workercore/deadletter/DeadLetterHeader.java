package io.gonkapulse.workercore.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers of a dead letter: text, for every tool to read. */
enum DeadLetterHeader {
    SOURCE_TOPIC("source-topic"),
    SOURCE_PARTITION("source-partition"),
    SOURCE_OFFSET("source-offset"),
    /** Of a batch that was set aside whole; its first is the source's offset. */
    SOURCE_LAST_OFFSET("source-last-offset"),
    SOURCE_TIMESTAMP("source-timestamp"),
    GROUP("group"),
    REASON("reason"),
    ERROR("error"),
    /** The record was too large for the topic of dead letters; its bytes are where it came from. */
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

    /** Empty if it is not there. */
    String get(Headers headers) {
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    long getLong(Headers headers) {
        String text = get(headers);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
