package io.gonkapulse.networksimulator.model;

/**
 * How common each behaviour is, in parts of a thousand.
 *
 * @param leaving participants that stay away for some tens of epochs and come back
 * @param flickering participants that miss single epochs
 * @param idle epochs of a participant without any work
 * @param invalid epochs of a participant without a reward
 * @param jailedDays whole UTC days of a participant in jail
 * @param jailOutages three-hour stretches with a spell of jail
 * @param healthOutages three-hour stretches with a spell of bad health
 * @param unbonded participants without a validator, of whose jail nothing is known
 * @param withoutHealthCheck participants whose health is never checked
 * @param lateClaims rewards claimed hours later
 * @param veryLateClaims rewards claimed only after the next settlement
 * @param hiddenClaims rewards that read zero until they are claimed
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

    public static BehaviourFrequencies realistic() {
        return new BehaviourFrequencies(150, 80, 50, 6, 8, 12, 40, 120, 20, 150, 60, 60, 50);
    }

    /** Everybody is there, works, is healthy and claims promptly. */
    public static BehaviourFrequencies steady() {
        return new BehaviourFrequencies(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
