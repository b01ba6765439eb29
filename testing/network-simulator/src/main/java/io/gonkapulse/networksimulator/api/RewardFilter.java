package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.SimulatedSettlement;

/** Changes a settlement before it is reported at a height. */
@FunctionalInterface
public interface RewardFilter {

    SimulatedSettlement apply(SimulatedSettlement settlement, long height);
}
