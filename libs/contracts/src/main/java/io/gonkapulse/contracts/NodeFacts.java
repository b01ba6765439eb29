package io.gonkapulse.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The data of a node besides its counters. A field is null if the tracker does not report it.
 *
 * @param participantStatus the node's status in the chain's words, passed on unchanged because new words appear
 * @param weight the weight in the active set
 * @param model the first model that the node serves
 * @param gpuType the short name of the node's most frequent GPU type
 * @param gpuCount the number of GPUs of all types
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
        requireMaxLength(MessageLimits.MAX_WORD_LENGTH, participantStatus, "a participant status");
        if (weight != null) {
            MessageLimits.requireWeight(weight);
        }
        requireMaxLength(MessageLimits.MAX_TEXT_LENGTH, model, "a model");
        requireMaxLength(MessageLimits.MAX_ID_LENGTH, displayName, "a display name");
        requireMaxLength(MessageLimits.MAX_WORD_LENGTH, gpuType, "a GPU type");
    }

    private static void requireMaxLength(int maxLength, @Nullable String text, String name) {
        if (text != null) {
            MessageLimits.requireMaxLength(maxLength, text, name);
        }
    }
}
