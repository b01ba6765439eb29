package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One event as the merge rules see it.
 *
 * @param id hexadecimal, in the order of the bytes
 */
record ReferenceEvent(String id, JobEvent event, Instant recordTime) {

    static final Comparator<ReferenceEvent> BY_TIME =
            Comparator.comparing(ReferenceEvent::at).thenComparing(ReferenceEvent::id);

    /** The last one has the newest changeable value. */
    static final Comparator<ReferenceEvent> BY_UPDATE = Comparator.comparing(ReferenceEvent::at)
            .thenComparing(
                    one -> Objects.requireNonNullElse(one.event().origin().seq(), 0L))
            .thenComparing(
                    one -> Objects.requireNonNullElse(one.event().origin().incarnation(), ""))
            .thenComparing(ReferenceEvent::id);

    private static final int ID_BYTES = 16;

    private static final JobEventCodec CODEC = new JobEventCodec();

    static ReferenceEvent of(SimulatedRecord record) {
        byte[] value = record.value();
        return new ReferenceEvent(
                HexFormat.of().formatHex(sha256(value), 0, ID_BYTES),
                CODEC.decode(value, record.recordMillis()),
                Instant.ofEpochMilli(record.recordMillis()));
    }

    JobEventType type() {
        return event.type();
    }

    Instant at() {
        return event.at();
    }

    int attempt() {
        return event.attempt().number();
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every Java runtime", e);
        }
    }
}
