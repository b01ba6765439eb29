package io.gonkapulse.networksimulator.model;

/** The growth of one participant's counters in one epoch: per thousand active hours, earnings per active hour. */
record WorkRates(long inferences, long missed, long earned, long validated, long invalidated) {

    static final WorkRates NONE = new WorkRates(0, 0, 0, 0, 0);

    private static final long HOUR = 3_600_000L;
    private static final long THOUSAND_HOURS = 1000 * HOUR;

    static WorkRates create(SeededRandom random, int participant, long epoch) {
        int kind = random.intBelow(1000, RandomPurpose.WORK_KIND, participant, 0);
        long missed = random.intBelow(800, RandomPurpose.MISSED_RATE, participant, epoch);
        if (kind < 10) {
            return new WorkRates(0, 2_000 + missed, 0, 0, 0);
        }
        long inferences =
                200L + random.intBelow(kind >= 980 ? 20_000_000 : 60_000, RandomPurpose.WORK_RATE, participant, epoch);
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
