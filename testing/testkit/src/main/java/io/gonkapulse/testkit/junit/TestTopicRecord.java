package io.gonkapulse.testkit.junit;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record of a topic, without types of the Kafka client. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole: tests compare its components
public record TestTopicRecord(
        int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

    /** Returns the value and fails on a tombstone. */
    public byte[] requireValue() {
        return requireNonNull(value, "a tombstone has no value");
    }
}
