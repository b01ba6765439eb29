package io.gonkapulse.testkit.junit;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as it stands in a topic, without Kafka's types. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody: tests look at the parts
public record TestTopicRecord(
        int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

    /** The value of a record that is no tombstone. */
    public byte[] requireValue() {
        return requireNonNull(value, "a tombstone has no value");
    }
}
