package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.api.RewardFilter;
import io.gonkapulse.networksimulator.chain.ChainCalendar;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.util.Collection;

/** Hides rewards of settlements. */
public final class RewardFaults {

    private RewardFaults() {}

    /** A hidden reward is zero until its claim. A reward that is not ready is zero for the newest settled epoch. */
    public static RewardFilter createFilter(ChainCalendar calendar, Collection<EndpointFault> faults) {
        boolean notReady = faults.contains(EndpointFault.REWARDS_NOT_READY);
        boolean hidden = faults.contains(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED);
        return (settlement, height) -> {
            boolean newest = settlement.epoch() == calendar.newestSettledEpoch(height);
            return (notReady && newest) || (hidden && !settlement.claimed()) ? withoutReward(settlement) : settlement;
        };
    }

    private static SimulatedSettlement withoutReward(SimulatedSettlement settlement) {
        return new SimulatedSettlement(
                settlement.epoch(), settlement.work(), Ngonka.ZERO, false, settlement.forfeited());
    }
}
