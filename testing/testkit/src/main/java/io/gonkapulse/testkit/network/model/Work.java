package io.gonkapulse.testkit.network.model;

import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.plan.BehaviourShares;

/** The live counters: they grow with active time from the block that makes an epoch current to the one that settles it. */
final class Work {

    private final Calendar calendar;
    private final BehaviourShares shares;
    private final Membership membership;
    private final Spells spells;
    private final Dice dice;

    Work(Calendar calendar, BehaviourShares shares, Membership membership, Spells spells, Dice dice) {
        this.calendar = calendar;
        this.shares = shares;
        this.membership = membership;
        this.spells = spells;
        this.dice = dice;
    }

    /** What the chain shows at a height: nothing before the epoch is current, and nothing once it is settled. */
    Counters live(int participant, long epoch, long height) {
        return height < calendar.settlementHeight(epoch) ? accrued(participant, epoch, height) : Counters.ZERO;
    }

    Counters settled(int participant, long epoch) {
        return accrued(participant, epoch, calendar.settlementHeight(epoch));
    }

    private Counters accrued(int participant, long epoch, long height) {
        long start = calendar.effectiveHeight(epoch);
        if (height <= start
                || !membership.isMember(participant, epoch)
                || dice.perMille(shares.idle(), Purpose.IDLE, participant, epoch)) {
            return Counters.ZERO;
        }
        long active = spells.activeMillis(
                participant,
                calendar.blockTime(start).toEpochMilli(),
                calendar.blockTime(height).toEpochMilli());
        return WorkRates.draw(dice, participant, epoch).after(active);
    }
}
