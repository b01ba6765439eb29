package io.gonkapulse.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The chain data of one poll. A field is null if the tracker does not report it.
 *
 * @param phase the stage of the epoch, in the chain's words
 * @param nextEpochHeight the first block of the next epoch
 */
public record NetworkFacts(
        @Nullable Long epoch,
        @Nullable Long height,
        @Nullable Instant blockTime,
        @Nullable String phase,
        @Nullable Boolean catchingUp,
        @Nullable BigDecimal averageBlockSeconds,
        @Nullable Long nextEpochHeight) {

    public static final NetworkFacts NONE = new NetworkFacts(null, null, null, null, null, null, null);

    public NetworkFacts {
        if (epoch != null) {
            MessageLimits.requireEpoch(epoch);
        }
    }
}
