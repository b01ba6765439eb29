package io.gonkapulse.networksimulator.model;

/**
 * The purpose of a random number. Each purpose has its own sequence. A constant's name is part of the seed: renaming
 * it changes every generated network.
 */
enum RandomPurpose {
    ACCOUNT,
    VALIDATOR_KEY,
    SEED_SIGNATURE,
    SEED_MISSING,
    MEMBERSHIP_KIND,
    MEMBERSHIP_PHASE,
    MEMBERSHIP_EPOCH,
    WEIGHT_KIND,
    WEIGHT,
    WEIGHT_OF_EPOCH,
    CONFIRMATION,
    STATUS,
    INVALID,
    MONIKER,
    URL_KIND,
    URL,
    BONDED,
    CHECKED,
    EPOCH_START_IN_1970,
    MODELS,
    ML_NODES,
    ML_NODES_MISSING,
    HARDWARE,
    HARDWARE_MISSING,
    JAILED_DAY,
    JAILED_SPELL,
    UNHEALTHY_SPELL,
    SPELL_START,
    SPELL_END,
    IDLE,
    WORK_KIND,
    WORK_RATE,
    EARNING_RATE,
    MISSED_RATE,
    CLAIM_KIND,
    CLAIM_HEIGHT;

    long salt() {
        return name().hashCode() * 0x9e3779b97f4a7c15L;
    }
}
