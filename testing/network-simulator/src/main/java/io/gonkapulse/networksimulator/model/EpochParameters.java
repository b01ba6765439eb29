package io.gonkapulse.networksimulator.model;

/**
 * The length of an epoch and its stages in blocks, with the chain's names.
 *
 * @param epochLength blocks between two starts of a proof of compute
 * @param pocStageDuration blocks in which machines generate their proofs
 * @param pocExchangeDuration blocks in which proofs are exchanged; reported, but without effect here
 * @param pocValidationDelay blocks between generation and validation
 * @param pocValidationDuration blocks in which proofs are validated; their end settles the previous epoch
 * @param setNewValidatorsDelay blocks from the settlement until the epoch is current
 * @param inferenceValidationCutoff blocks before the next epoch in which inferences are no longer validated
 */
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
