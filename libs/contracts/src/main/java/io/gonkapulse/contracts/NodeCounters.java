package io.gonkapulse.contracts;

/**
 * What a node did in one epoch so far. They start at zero with each epoch and only grow within it; a smaller value seen
 * later is an older answer.
 *
 * @param earned what users paid for the work; the reward of the epoch comes at its settlement
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

    static void requireNotNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException("Expected " + name + " to be 0 or more, got " + value);
        }
    }
}
