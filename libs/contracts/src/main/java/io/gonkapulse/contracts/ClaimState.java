package io.gonkapulse.contracts;

/** What became of the reward of a settled epoch. Only {@link #UNCLAIMED} can still change. */
public enum ClaimState {
    UNCLAIMED,
    CLAIMED,
    /** Unclaimed two settlements later: burned by the chain, and no income. */
    FORFEITED
}
