package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.SimulatedSettlement;

/** How a settlement reads at a height. */
@FunctionalInterface
public interface RewardFilter {

    SimulatedSettlement apply(SimulatedSettlement settlement, long height);
}
