package io.gonkapulse.networksimulator.model;

import io.gonkapulse.networksimulator.chain.ChainCalendar;

/** The live counters: they grow with active time from the block that makes an epoch current to the one that settles it. */
final class LiveCounterCalculator {

    private final ChainCalendar calendar;
    private final BehaviourFrequencies behaviour;
    private final MembershipSchedule membership;
    private final OutageSchedule outages;
    private final SeededRandom random;

    LiveCounterCalculator(
            ChainCalendar calendar,
            BehaviourFrequencies behaviour,
            MembershipSchedule membership,
            OutageSchedule outages,
            SeededRandom random) {
        this.calendar = calendar;
        this.behaviour = behaviour;
        this.membership = membership;
        this.outages = outages;
        this.random = random;
    }

    /** What the chain shows at a height: nothing before the epoch is current, and nothing once it is settled. */
    SimulatedCounters countersAt(int participant, long epoch, long height) {
        return height < calendar.settlementHeight(epoch) ? accrued(participant, epoch, height) : SimulatedCounters.ZERO;
    }

    SimulatedCounters settledCounters(int participant, long epoch) {
        return accrued(participant, epoch, calendar.settlementHeight(epoch));
    }

    private SimulatedCounters accrued(int participant, long epoch, long height) {
        long start = calendar.effectiveHeight(epoch);
        if (height <= start
                || !membership.isMember(participant, epoch)
                || random.occurs(behaviour.idle(), RandomPurpose.IDLE, participant, epoch)) {
            return SimulatedCounters.ZERO;
        }
        long active = outages.activeMillis(
                participant,
                calendar.blockTime(start).toEpochMilli(),
                calendar.blockTime(height).toEpochMilli());
        return WorkRates.create(random, participant, epoch).countersAfter(active);
    }
}
