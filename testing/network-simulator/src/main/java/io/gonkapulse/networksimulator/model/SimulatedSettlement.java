package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.Ngonka;

/**
 * A participant's settlement of an epoch, as the chain reports it at a height after the settlement.
 *
 * @param rewarded zero while a hidden reward is unclaimed
 * @param claimed whether it was claimed by that height
 * @param forfeited whether it was still unclaimed two settlements later, and is burned
 */
public record SimulatedSettlement(
        long epoch, SimulatedCounters work, Ngonka rewarded, boolean claimed, boolean forfeited) {}
