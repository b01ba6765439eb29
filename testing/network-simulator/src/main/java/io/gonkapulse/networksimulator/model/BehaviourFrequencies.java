package io.gonkapulse.networksimulator.model;

/**
 * How frequent each behaviour is, in parts of a thousand.
 *
 * @param leaving participants that leave for some tens of epochs and return
 * @param flickering participants that miss single epochs
 * @param idle epochs of a participant without work
 * @param invalid epochs of a participant without a reward
 * @param jailedDays whole UTC days of a participant in jail
 * @param jailOutages three-hour windows with a period in jail
 * @param healthOutages three-hour windows with an unhealthy period
 * @param unbonded participants without a validator, whose jail status is unknown
 * @param withoutHealthCheck participants whose health is never checked
 * @param lateClaims rewards claimed hours later
 * @param veryLateClaims rewards claimed only after the next settlement
 * @param hiddenClaims rewards that are zero until they are claimed
 * @param neverClaims rewards that are forfeited
 */
public record BehaviourFrequencies(
        int leaving,
        int flickering,
        int idle,
        int invalid,
        int jailedDays,
        int jailOutages,
        int healthOutages,
        int unbonded,
        int withoutHealthCheck,
        int lateClaims,
        int veryLateClaims,
        int hiddenClaims,
        int neverClaims) {

    private static final int WHOLE = 1000;

    public BehaviourFrequencies {
        if (lateClaims + veryLateClaims + hiddenClaims + neverClaims > WHOLE) {
            throw new IllegalArgumentException("Expected shares of claims that sum to 1000 at most, got "
                    + (lateClaims + veryLateClaims + hiddenClaims + neverClaims));
        }
        if (leaving + flickering > WHOLE) {
            throw new IllegalArgumentException(
                    "Expected shares of membership that sum to 1000 at most, got " + (leaving + flickering));
        }
    }

    /** Frequencies similar to those of the real network. */
    public static BehaviourFrequencies realistic() {
        return new BehaviourFrequencies(150, 80, 50, 6, 8, 12, 40, 120, 20, 150, 60, 60, 50);
    }

    /** All participants are present, work, are healthy and claim promptly. */
    public static BehaviourFrequencies steady() {
        return new BehaviourFrequencies(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
