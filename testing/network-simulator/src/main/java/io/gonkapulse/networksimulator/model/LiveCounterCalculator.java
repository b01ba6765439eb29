package io.gonkapulse.networksimulator.model;

import io.gonkapulse.networksimulator.chain.ChainCalendar;

/**
 * Computes live counters. They grow with active time from the height at which an epoch becomes current to its
 * settlement.
 */
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

    /** The chain's counters at a height: zero before the epoch is current and after its settlement. */
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
