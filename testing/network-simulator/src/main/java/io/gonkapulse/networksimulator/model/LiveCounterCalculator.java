package io.gonkapulse.networksimulator.model;

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

    /** The counters at the settlement, which the settlement reports. */
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

    /** The growth of one participant's counters in one epoch: per thousand active hours, earnings per active hour. */
    private record WorkRates(long inferences, long missed, long earned, long validated, long invalidated) {

        private static final long HOUR = 3_600_000L;
        private static final long THOUSAND_HOURS = 1000 * HOUR;

        static WorkRates create(SeededRandom random, int participant, long epoch) {
            // Per thousand: 10 only miss requests, 10 have more invalidated than done, 80 have more validated than
            // done,
            // and 20 do and earn far more than the others.
            int kind = random.intBelow(1000, RandomPurpose.WORK_KIND, participant, 0);
            long missed = random.intBelow(800, RandomPurpose.MISSED_RATE, participant, epoch);
            if (kind < 10) {
                return new WorkRates(0, 2_000 + missed, 0, 0, 0);
            }
            long inferences = 200L
                    + random.intBelow(kind >= 980 ? 20_000_000 : 60_000, RandomPurpose.WORK_RATE, participant, epoch);
            return new WorkRates(
                    inferences,
                    inferences * missed / 10_000,
                    earningsPerHour(random, kind, participant, epoch),
                    inferences * (kind < 100 ? 13 : 9) / 10,
                    kind < 20 ? inferences * 2 : inferences * missed / 100_000);
        }

        /** Exact and monotonic in time: both terms are whole numbers, and the second product cannot overflow. */
        SimulatedCounters countersAfter(long activeMillis) {
            return new SimulatedCounters(
                    growth(activeMillis, inferences, THOUSAND_HOURS),
                    growth(activeMillis, missed, THOUSAND_HOURS),
                    growth(activeMillis, earned, HOUR),
                    growth(activeMillis, validated, THOUSAND_HOURS),
                    growth(activeMillis, invalidated, THOUSAND_HOURS));
        }

        private static long earningsPerHour(SeededRandom random, int kind, int participant, long epoch) {
            long usual = 100L + random.intBelow(2_000, RandomPurpose.EARNING_RATE, participant, epoch);
            return kind >= 980 ? usual * 10_000_000 : usual;
        }

        private static long growth(long millis, long rate, long unit) {
            return millis / unit * rate + millis % unit * rate / unit;
        }
    }
}
