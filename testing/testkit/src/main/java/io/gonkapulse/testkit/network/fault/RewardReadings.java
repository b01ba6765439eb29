package io.gonkapulse.testkit.network.fault;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.testkit.network.answer.RewardReading;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.model.Settlement;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Collection;

/** Settlements that are not shown as they are. */
public final class RewardReadings {

    private RewardReadings() {}

    public static RewardReading spoil(Calendar calendar, Collection<Quirk> quirks) {
        boolean notReady = quirks.contains(Quirk.REWARDS_NOT_READY);
        boolean hidden = quirks.contains(Quirk.REWARD_HIDDEN_UNTIL_CLAIMED);
        return (settlement, height) -> {
            boolean newest = settlement.epoch() == calendar.newestSettledEpoch(height);
            return (notReady && newest) || (hidden && !settlement.claimed()) ? withoutReward(settlement) : settlement;
        };
    }

    private static Settlement withoutReward(Settlement settlement) {
        return new Settlement(settlement.epoch(), settlement.work(), Ngonka.ZERO, false, settlement.forfeited());
    }
}
