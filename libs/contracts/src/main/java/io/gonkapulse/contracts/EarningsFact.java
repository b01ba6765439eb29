package io.gonkapulse.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a snapshot that earnings are made of.
 *
 * @param settlement null while the epoch runs
 */
public record EarningsFact(
        NodeIdentifier node,
        long epoch,
        Instant observedAt,
        TrackerName tracker,
        Counters counters,
        @Nullable Settlement settlement) {

    public EarningsFact {
        FactLimits.requireEpoch(epoch);
        FactLimits.requireSince1970(observedAt, "observedAt");
    }

    public static EarningsFact of(Snapshot snapshot) {
        Settlement settlement = snapshot instanceof SettledSnapshot settled ? settled.settlement() : null;
        return new EarningsFact(
                snapshot.node(),
                snapshot.epoch(),
                snapshot.origin().observedAt(),
                snapshot.origin().tracker(),
                snapshot.counters(),
                settlement);
    }
}
