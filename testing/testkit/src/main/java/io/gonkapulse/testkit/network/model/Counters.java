package io.gonkapulse.testkit.network.model;

/** What the chain counts for one participant within one epoch; {@code earned} is in ngonka. */
public record Counters(long inferences, long missed, long earned, long validated, long invalidated) {

    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);
}
