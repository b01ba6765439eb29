package io.gonkapulse.networksimulator.chain;

/** How long an epoch and its stages take, in blocks; the names are the chain's. */
public record EpochParameters(
        int epochLength,
        int pocStageDuration,
        int pocExchangeDuration,
        int pocValidationDelay,
        int pocValidationDuration,
        int setNewValidatorsDelay,
        int inferenceValidationCutoff) {

    public EpochParameters {
        int stages = pocStageDuration + pocValidationDelay + pocValidationDuration + setNewValidatorsDelay + 2;
        if (epochLength < stages + inferenceValidationCutoff) {
            throw new IllegalArgumentException("Expected an epoch longer than its stages ("
                    + (stages + inferenceValidationCutoff) + " blocks), got " + epochLength
                    + ": lengthen the epoch or shorten the stages");
        }
    }

    /** Those of the main network in December 2025. */
    public static EpochParameters mainnet() {
        return new EpochParameters(15_391, 60, 5, 5, 120, 120, 80);
    }

    /** From the start of the proof of compute to the block that settles the epoch before. */
    public int settlementOffset() {
        return pocStageDuration + pocValidationDelay + pocValidationDuration;
    }

    /** From the start of the proof of compute to the block that makes the epoch the current one. */
    public int effectiveOffset() {
        return settlementOffset() + setNewValidatorsDelay;
    }
}
