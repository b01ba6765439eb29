package io.gonkapulse.jobrecorder.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobEventOrigin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The place of an event among those that replace a value as a whole: the newest of a producer counts. */
record UpdateKey(EventKey event, long seq, String incarnation) implements Comparable<UpdateKey> {

    static UpdateKey of(RecordedEvent recorded) {
        JobEventOrigin origin = recorded.event().origin();
        Long seq = origin.seq();
        String incarnation = origin.incarnation();
        return new UpdateKey(recorded.key(), seq == null ? 0 : seq, incarnation == null ? "" : incarnation);
    }

    /** The value with the largest key. An empty object says nothing, so it replaces nothing. */
    static @Nullable KeyedValue<UpdateKey, String> newer(
            @Nullable KeyedValue<UpdateKey, String> kept, RecordedEvent recorded, @Nullable String json) {
        return json == null || json.equals("{}") ? kept : KeyedValue.last(kept, of(recorded), json);
    }

    /** Bytes that sort like the keys. No incarnation contains a zero, so the one that ends it keeps the order. */
    byte[] toBytes() {
        byte[] text = incarnation.getBytes(UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + text.length + 1 + EventKey.ID_LENGTH)
                .putLong(event.nanos())
                .putLong(seq)
                .put(text)
                .put((byte) 0)
                .put(event.id())
                .array();
    }

    @Override
    public int compareTo(UpdateKey other) {
        int byTime = Long.compare(event.nanos(), other.event.nanos());
        if (byTime != 0) {
            return byTime;
        }
        int bySeq = Long.compare(seq, other.seq);
        if (bySeq != 0) {
            return bySeq;
        }
        int byIncarnation = incarnation.equals(other.incarnation)
                ? 0
                : Arrays.compareUnsigned(incarnation.getBytes(UTF_8), other.incarnation.getBytes(UTF_8));
        return byIncarnation != 0 ? byIncarnation : event.compareTo(other.event);
    }
}
