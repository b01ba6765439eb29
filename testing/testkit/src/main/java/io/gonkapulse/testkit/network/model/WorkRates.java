package io.gonkapulse.testkit.network.model;

/** How fast the counters of one participant grow in one epoch: per thousand hours of activity, earnings per hour. */
record WorkRates(long inferences, long missed, long earned, long validated, long invalidated) {

    static final WorkRates NONE = new WorkRates(0, 0, 0, 0, 0);

    private static final long HOUR = 3_600_000L;
    private static final long THOUSAND_HOURS = 1000 * HOUR;

    static WorkRates draw(Dice dice, int participant, long epoch) {
        int kind = dice.below(1000, Purpose.WORK_KIND, participant, 0);
        long missed = dice.below(800, Purpose.MISSED_RATE, participant, epoch);
        if (kind < 10) {
            return new WorkRates(0, 2_000 + missed, 0, 0, 0);
        }
        long inferences = 200L + dice.below(kind >= 980 ? 20_000_000 : 60_000, Purpose.WORK_RATE, participant, epoch);
        return new WorkRates(
                inferences,
                inferences * missed / 10_000,
                earningsPerHour(dice, kind, participant, epoch),
                inferences * (kind < 100 ? 13 : 9) / 10,
                kind < 20 ? inferences * 2 : inferences * missed / 100_000);
    }

    /** Exact and growing with the time: both terms are whole, and the product of the second cannot overflow. */
    Counters after(long activeMillis) {
        return new Counters(
                grown(activeMillis, inferences, THOUSAND_HOURS),
                grown(activeMillis, missed, THOUSAND_HOURS),
                grown(activeMillis, earned, HOUR),
                grown(activeMillis, validated, THOUSAND_HOURS),
                grown(activeMillis, invalidated, THOUSAND_HOURS));
    }

    private static long earningsPerHour(Dice dice, int kind, int participant, long epoch) {
        long usual = 100L + dice.below(2_000, Purpose.EARNING_RATE, participant, epoch);
        return kind >= 980 ? usual * 10_000_000 : usual;
    }

    private static long grown(long millis, long rate, long unit) {
        return millis / unit * rate + millis % unit * rate / unit;
    }
}
