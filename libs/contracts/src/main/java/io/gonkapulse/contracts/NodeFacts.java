package io.gonkapulse.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker knows of a node besides its counters; null is what it does not know.
 *
 * @param participantStatus the chain's own word for the node, passed on as it is: new ones appear
 * @param weight the weight in the active set
 * @param model the first of the models that the node serves
 * @param gpuType the short name of the hardware type that the node has most of
 * @param gpuCount how many of all types
 */
public record NodeFacts(
        @Nullable String participantStatus,
        @Nullable Long weight,
        @Nullable String model,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable Long gpuCount,
        @Nullable BigDecimal tokensPerSecond,
        @Nullable Instant jailedUntil) {

    public static final NodeFacts NONE = new NodeFacts(null, null, null, null, null, null, null, null);

    public NodeFacts {
        requireShort(50, participantStatus, "a participant status");
        if (weight != null) {
            FactLimits.requireWeight(weight);
        }
        requireShort(255, model, "a model");
        requireShort(100, displayName, "a display name");
        requireShort(50, gpuType, "a GPU type");
    }

    private static void requireShort(int length, @Nullable String text, String what) {
        if (text != null) {
            Texts.requireAtMost(length, text, what);
        }
    }
}
