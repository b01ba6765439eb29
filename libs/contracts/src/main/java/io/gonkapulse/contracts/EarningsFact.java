package io.gonkapulse.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a snapshot that the earnings are computed from. Status, model and hardware are left out, so that a
 * rebuild can skip them.
 *
 * @param settlement null while the epoch runs
 */
public record EarningsFact(
        NodeIdentifier node,
        long epoch,
        Instant observedAt,
        TrackerName tracker,
        NodeCounters counters,
        @Nullable Settlement settlement) {

    public EarningsFact {
        MessageLimits.requireEpoch(epoch);
        MessageLimits.requireAfter1970(observedAt, "observedAt");
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
