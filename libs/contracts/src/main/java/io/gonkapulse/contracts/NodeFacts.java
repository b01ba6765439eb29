package io.gonkapulse.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a node besides its counters. A field is null if the tracker does not report it.
 *
 * @param participantStatus the node's status in the chain's words, passed on unchanged because new words appear
 * @param weight the weight in the active set
 * @param models the models that the node serves, in the tracker's order; empty if the tracker does not report them
 * @param gpuType the short name of the node's most frequent GPU type
 * @param gpuCount the number of GPUs of all types
 */
public record NodeFacts(
        @Nullable String participantStatus,
        @Nullable Long weight,
        List<String> models,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable Long gpuCount,
        @Nullable BigDecimal tokensPerSecond,
        @Nullable Instant jailedUntil) {

    public static final NodeFacts NONE = new NodeFacts(null, null, List.of(), null, null, null, null, null);

    public NodeFacts {
        requireMaxLength(MessageLimits.MAX_WORD_LENGTH, participantStatus, "a participant status");
        if (weight != null) {
            MessageLimits.requireWeight(weight);
        }
        models = List.copyOf(models);
        if (models.size() > MessageLimits.MAX_MODELS) {
            throw new IllegalArgumentException(
                    "Expected at most " + MessageLimits.MAX_MODELS + " models, got " + models.size());
        }
        models.forEach(model -> requireMaxLength(MessageLimits.MAX_TEXT_LENGTH, model, "a model"));
        requireMaxLength(MessageLimits.MAX_ID_LENGTH, displayName, "a display name");
        requireMaxLength(MessageLimits.MAX_WORD_LENGTH, gpuType, "a GPU type");
    }

    /** Returns the first model, or null if the models are unknown. */
    public @Nullable String model() {
        return models.isEmpty() ? null : models.get(0);
    }

    private static void requireMaxLength(int maxLength, @Nullable String text, String name) {
        if (text != null) {
            MessageLimits.requireMaxLength(maxLength, text, name);
        }
    }
}
