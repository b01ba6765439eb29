package io.gonkapulse.earningsaggregator.ledger;

import static java.time.temporal.ChronoUnit.MICROS;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.json.SnapshotCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decodes earnings facts for the live consumer and for a rebuild, so both reject the same records. Times are
 * truncated to the microseconds that PostgreSQL stores, before anything is compared.
 */
public final class FactReader {

    private final SnapshotCodec codec = new SnapshotCodec();

    /**
     * Throws {@link io.gonkapulse.contracts.json.UndecodableMessageException} for anything that is no valid snapshot.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public EarningsFact read(byte[] json, long timestamp) {
        EarningsFact fact = codec.decodeEarnings(json, timestamp);
        return new EarningsFact(
                fact.node(),
                fact.epoch(),
                fact.observedAt().truncatedTo(MICROS),
                fact.tracker(),
                fact.counters(),
                truncateToMicros(fact.settlement()));
    }

    private static @Nullable Settlement truncateToMicros(@Nullable Settlement settlement) {
        if (settlement == null) {
            return null;
        }
        Instant forfeitedAt = settlement.forfeitedAt();
        return new Settlement(
                settlement.rewarded(),
                settlement.claim(),
                settlement.approximate(),
                settlement.settledAt().truncatedTo(MICROS),
                settlement.settledHeight(),
                forfeitedAt == null ? null : forfeitedAt.truncatedTo(MICROS));
    }
}
