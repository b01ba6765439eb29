package io.gonkapulse.networksimulator.model;

/** The chain's counters of one participant in one epoch. {@code earned} is in ngonka. */
public record SimulatedCounters(long inferences, long missed, long earned, long validated, long invalidated) {

    public static final SimulatedCounters ZERO = new SimulatedCounters(0, 0, 0, 0, 0);
}
