package io.gonkapulse.networksimulator.chain;

/** The length of an epoch and its stages in blocks, with the chain's names. */
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

    /** The main network's parameters of December 2025. */
    public static EpochParameters mainnet() {
        return new EpochParameters(15_391, 60, 5, 5, 120, 120, 80);
    }

    /** Blocks from the start of the proof of compute to the settlement of the previous epoch. */
    public int settlementOffset() {
        return pocStageDuration + pocValidationDelay + pocValidationDuration;
    }

    /** Blocks from the start of the proof of compute to the height at which the epoch is current. */
    public int effectiveOffset() {
        return settlementOffset() + setNewValidatorsDelay;
    }
}
