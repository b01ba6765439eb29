package io.gonkapulse.networksimulator.chain;

/** The heights at which the stages of an epoch begin and end. The names are those of the chain's API. */
public record EpochStages(
        long epochIndex,
        long pocStart,
        long pocGenerationWindDown,
        long pocGenerationEnd,
        long pocValidationStart,
        long pocValidationWindDown,
        long pocValidationEnd,
        long setNewValidators,
        long claimMoney,
        long inferenceValidationCutoff,
        long nextPocStart) {

    static EpochStages of(long epoch, long start, EpochParameters parameters) {
        long generationEnd = start + parameters.pocStageDuration();
        long validationStart = generationEnd + parameters.pocValidationDelay();
        long validationEnd = start + parameters.settlementOffset();
        long next = start + parameters.epochLength();
        return new EpochStages(
                epoch,
                start,
                generationEnd - parameters.pocStageDuration() / 5,
                generationEnd,
                validationStart,
                validationEnd - parameters.pocValidationDuration() / 5,
                validationEnd,
                start + parameters.effectiveOffset(),
                start + parameters.effectiveOffset() + 1,
                next - parameters.inferenceValidationCutoff(),
                next);
    }

    /** The chain's name of the phase at a height of this epoch. */
    public String phase(long height) {
        if (height < pocGenerationWindDown) {
            return "PoCGenerate";
        }
        if (height < pocValidationStart) {
            return "PoCGenerateWindDown";
        }
        if (height < pocValidationWindDown) {
            return "PoCValidate";
        }
        return height < pocValidationEnd ? "PoCValidateWindDown" : "Inference";
    }
}
