package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.json.JobEventCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values as the columns store them. */
final class ColumnValues {

    private static final HexFormat HEX = HexFormat.of();

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

    /** A row of the type {@code job_claim} as text. */
    static @Nullable String claim(@Nullable JobClaim claim) {
        return claim == null
                ? null
                : "(\\\\x" + HEX.formatHex(claim.key().toBytes()) + ',' + time(claim.at()) + ",\""
                        + claim.source().replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
    }
}
