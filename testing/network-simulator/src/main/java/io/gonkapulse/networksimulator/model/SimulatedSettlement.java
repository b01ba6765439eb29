package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.Ngonka;

/**
 * What an epoch brought one participant, as the chain says it at some height after it was settled.
 *
 * @param rewarded zero while a hidden reward is unclaimed
 * @param claimed whether it was claimed by that height
 * @param forfeited whether it was still unclaimed two settlements later: burned, for ever
 */
public record SimulatedSettlement(
        long epoch, SimulatedCounters work, Ngonka rewarded, boolean claimed, boolean forfeited) {

    /** What remains to the participant. */
    public Ngonka income() {
        Ngonka earned = Ngonka.of(work.earned());
        return forfeited ? earned : earned.plus(rewarded);
    }
}
