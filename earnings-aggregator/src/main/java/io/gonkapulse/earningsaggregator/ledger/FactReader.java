package io.gonkapulse.earningsaggregator.ledger;

import static java.time.temporal.ChronoUnit.MICROS;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.json.EarningsReader;
import io.gonkapulse.contracts.json.LiveReader;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to facts, for the live consumer and for a rebuild alike: what one of them refuses, the other does. Times are cut
 * to the microseconds that the database keeps, before anything is compared.
 */
public final class FactReader {

    /** The chain counts in unsigned 64 bits. */
    private static final Ngonka LARGEST =
            new Ngonka(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));

    /** Far above any network's, and low enough that sums of epochs fit. */
    private static final long MOST_INFERENCES = 1_000_000_000_000_000L;

    private static final Instant EARLIEST = Instant.EPOCH;

    private final EarningsReader reader = new EarningsReader();

    /**
     * Refuses what is no snapshot with an {@link io.gonkapulse.contracts.json.UndecodableMessageException}, and what
     * cannot be true with an {@link ImpossibleFactException}.
     */
    public EarningsFact read(byte[] json) {
        EarningsFact fact = reader.read(json);
        return new EarningsFact(
                fact.node(),
                fact.epoch(),
                time(fact.observedAt()),
                fact.tracker(),
                possible(fact.counters()),
                possible(fact.settlement()));
    }

    /** Its amounts have 18 digits at most. */
    static boolean isPossible(LiveReader<?> live) {
        return live.inferences() <= MOST_INFERENCES && live.observedMicros() >= 0;
    }

    private static Counters possible(Counters counters) {
        if (counters.earned().compareTo(LARGEST) > 0) {
            throw new ImpossibleFactException("earned of at most 2^64-1 ngonka", counters.earned());
        }
        if (counters.inferences() > MOST_INFERENCES) {
            throw new ImpossibleFactException("at most " + MOST_INFERENCES + " inferences", counters.inferences());
        }
        return counters;
    }

    private static @Nullable Settlement possible(@Nullable Settlement settlement) {
        if (settlement == null) {
            return null;
        }
        if (settlement.rewarded().compareTo(LARGEST) > 0) {
            throw new ImpossibleFactException("rewarded of at most 2^64-1 ngonka", settlement.rewarded());
        }
        Instant forfeitedAt = settlement.forfeitedAt();
        return new Settlement(
                settlement.rewarded(),
                settlement.claim(),
                settlement.approximate(),
                time(settlement.settledAt()),
                settlement.settledHeight(),
                forfeitedAt == null ? null : time(forfeitedAt));
    }

    private static Instant time(Instant time) {
        if (time.isBefore(EARLIEST)) {
            throw new ImpossibleFactException("a time since 1970", time);
        }
        return time.truncatedTo(MICROS);
    }
}
