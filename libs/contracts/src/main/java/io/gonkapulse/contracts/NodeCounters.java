package io.gonkapulse.contracts;

/**
 * The work of one node in one epoch so far. The counters start at zero with each epoch and never decrease within it. A
 * smaller value that arrives later is an older response.
 *
 * @param earned the fees that users paid for the work; the reward of the epoch follows at its settlement
 */
public record NodeCounters(Ngonka earned, long inferences, long missed, long validated, long invalidated) {

    public static final NodeCounters ZERO = new NodeCounters(Ngonka.ZERO, 0, 0, 0, 0);

    public NodeCounters {
        MessageLimits.requireAmount(earned, "earned");
        MessageLimits.requireCount(inferences, "inferences");
        MessageLimits.requireCount(missed, "missed");
        MessageLimits.requireCount(validated, "validated");
        MessageLimits.requireCount(invalidated, "invalidated");
    }
}
