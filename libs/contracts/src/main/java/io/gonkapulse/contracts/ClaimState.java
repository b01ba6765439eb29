package io.gonkapulse.contracts;

/** The claim of the reward of a settled epoch. Only {@link #UNCLAIMED} can still change. */
public enum ClaimState {
    UNCLAIMED,
    CLAIMED,
    /** Not claimed until two settlements later: the chain burns the reward, so it is no income. */
    FORFEITED
}
