package io.gonkapulse.testkit.network.answer;

import io.gonkapulse.testkit.network.model.Settlement;

/** How a settlement reads at a height. */
@FunctionalInterface
public interface RewardReading {

    Settlement read(Settlement settlement, long height);
}
