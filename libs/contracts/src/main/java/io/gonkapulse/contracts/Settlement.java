package io.gonkapulse.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reward of one node for one epoch.
 *
 * @param approximate true if the source reports whole GNK only, rounded down; an exact settlement replaces it
 * @param settledAt block time of the settlement; the reward belongs to its UTC day
 * @param forfeitedAt block time at which an unclaimed reward was lost; set exactly if {@code claim} is forfeited
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
            MessageLimits.requireNotNegative(settledHeight, "settledHeight");
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
