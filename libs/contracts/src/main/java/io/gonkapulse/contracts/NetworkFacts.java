package io.gonkapulse.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a poll learned of the chain; null is what the tracker did not say.
 *
 * @param phase the chain's own word for the stage of the epoch
 * @param nextEpochHeight the block at which the next epoch begins
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
