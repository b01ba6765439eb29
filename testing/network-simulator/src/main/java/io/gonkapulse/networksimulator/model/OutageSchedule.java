package io.gonkapulse.networksimulator.model;

/**
 * Determines when a participant is jailed or unhealthy. Each three-hour window has at most one outage of whole UTC
 * minutes. Outages therefore never overlap, and the active time of any period is a sum over its windows.
 */
final class OutageSchedule {

    static final int MINUTES_PER_WINDOW = 180;
    /** Windows and days begin together, at midnight UTC. */
    private static final int WINDOWS_PER_DAY = 8;
    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final long MILLIS_PER_WINDOW = MINUTES_PER_WINDOW * MILLIS_PER_MINUTE;

    private final BehaviourFrequencies behaviour;
    private final ParticipantFactory participants;
    private final SeededRandom random;

    OutageSchedule(BehaviourFrequencies behaviour, ParticipantFactory participants, SeededRandom random) {
        this.behaviour = behaviour;
        this.participants = participants;
        this.random = random;
    }

    /** An outage in minutes since 1970, the end excluded. It is empty if it ends where it begins. */
    record Outage(SimulatedHealth state, long from, long to) {

        boolean covers(long minute) {
            return from <= minute && minute < to;
        }

        long overlapMillis(long fromMillis, long toMillis) {
            return Math.max(
                    0, Math.min(to * MILLIS_PER_MINUTE, toMillis) - Math.max(from * MILLIS_PER_MINUTE, fromMillis));
        }
    }

    Outage outageAt(int participant, long minute) {
        return outageInWindow(
                participant, Math.floorDiv(minute, MINUTES_PER_WINDOW), participants.isBonded(participant));
    }

    /** The time within a period in which the participant can work. */
    long activeMillis(int participant, long from, long to) {
        boolean bonded = participants.isBonded(participant);
        long active = Math.max(0, to - from);
        long last = Math.floorDiv(to, MILLIS_PER_WINDOW);
        for (long window = Math.floorDiv(from, MILLIS_PER_WINDOW); window <= last; window++) {
            active -= outageInWindow(participant, window, bonded).overlapMillis(from, to);
        }
        return active;
    }

    /** A jailed day covers all its windows; otherwise a window has one jailed or unhealthy period, or none. */
    private Outage outageInWindow(int participant, long window, boolean bonded) {
        long first = window * MINUTES_PER_WINDOW;
        if (bonded
                && random.occurs(
                        behaviour.jailedDays(),
                        RandomPurpose.JAILED_DAY,
                        participant,
                        Math.floorDiv(window, WINDOWS_PER_DAY))) {
            return new Outage(SimulatedHealth.JAILED, first, first + MINUTES_PER_WINDOW);
        }
        if (bonded && random.occurs(behaviour.jailOutages(), RandomPurpose.JAILED_SPELL, participant, window)) {
            return createOutage(SimulatedHealth.JAILED, participant, window);
        }
        return random.occurs(behaviour.healthOutages(), RandomPurpose.UNHEALTHY_SPELL, participant, window)
                ? createOutage(SimulatedHealth.UNHEALTHY, participant, window)
                : new Outage(SimulatedHealth.HEALTHY, first, first);
    }

    private Outage createOutage(SimulatedHealth state, int participant, long window) {
        int start = random.intBelow(MINUTES_PER_WINDOW - 1, RandomPurpose.SPELL_START, participant, window);
        int length = 1 + random.intBelow(MINUTES_PER_WINDOW - start, RandomPurpose.SPELL_END, participant, window);
        long first = window * MINUTES_PER_WINDOW + start;
        return new Outage(state, first, first + length);
    }
}
