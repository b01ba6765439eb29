package io.gonkapulse.jobrecorder.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.workercore.sql.BinaryCopyWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values as the columns store them. */
final class ColumnValues {

    /** Types of PostgreSQL, by the numbers that its catalog gives them in every version. */
    private static final int BYTEA = 17;

    private static final int TEXT = 25;
    private static final int TIMESTAMPTZ = 1184;

    private ColumnValues() {}

    /** PostgreSQL would round to microseconds, which may be later than the original time. */
    static @Nullable Instant time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The UTC day of an id of version 7. */
    static @Nullable LocalDate day(UUID id) {
        Instant time = JobEventCodec.idTime(id);
        return time == null ? null : LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    static byte @Nullable [] key(@Nullable KeyedValue<EventKey, ?> keyed) {
        return keyed == null ? null : keyed.key().toBytes();
    }

    static byte @Nullable [] updateKey(@Nullable KeyedValue<UpdateKey, ?> keyed) {
        return keyed == null ? null : keyed.key().toBytes();
    }

    static <V> @Nullable V value(@Nullable KeyedValue<?, V> keyed) {
        return keyed == null ? null : keyed.value();
    }

    static <V> @Nullable Object part(@Nullable KeyedValue<?, V> keyed, Function<V, ? extends @Nullable Object> value) {
        return keyed == null ? null : value.apply(keyed.value());
    }

    /** A row of the type {@code job_claim} in PostgreSQL's binary format. */
    static byte @Nullable [] claim(@Nullable JobClaim claim) {
        if (claim == null) {
            return null;
        }
        byte[] key = claim.key().toBytes();
        byte[] source = claim.source().getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + 3 * 2 * Integer.BYTES + key.length + Long.BYTES + source.length)
                .putInt(3)
                .putInt(BYTEA)
                .putInt(key.length)
                .put(key)
                .putInt(TIMESTAMPTZ)
                .putInt(Long.BYTES)
                .putLong(BinaryCopyWriter.toMicros(claim.at()))
                .putInt(TEXT)
                .putInt(source.length)
                .put(source)
                .array();
    }
}
