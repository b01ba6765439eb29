package io.gonkapulse.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reward of one node for one epoch.
 *
 * @param approximate the source gives whole GNK only, floored; an exact settlement takes its place
 * @param settledAt block time of the settlement: its UTC day is the day that the reward counts for
 * @param forfeitedAt block time at which an unclaimed reward was lost, exactly when {@code claim} is forfeited
 */
public record Settlement(
        Ngonka rewarded,
        ClaimState claim,
        boolean approximate,
        Instant settledAt,
        @Nullable Long settledHeight,
        @Nullable Instant forfeitedAt) {

    public Settlement {
        MessageLimits.requireAmount(rewarded, "rewarded");
        MessageLimits.requireAfter1970(settledAt, "settledAt");
        if (settledHeight != null) {
            NodeCounters.requireNotNegative(settledHeight, "settledHeight");
        }
        if (forfeitedAt != null) {
            MessageLimits.requireAfter1970(forfeitedAt, "forfeitedAt");
        }
        if ((claim == ClaimState.FORFEITED) != (forfeitedAt != null)) {
            throw new IllegalArgumentException(
                    "Expected forfeitedAt exactly with a forfeited reward, got " + forfeitedAt + " with " + claim);
        }
    }
}
