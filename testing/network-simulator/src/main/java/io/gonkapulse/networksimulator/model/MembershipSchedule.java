package io.gonkapulse.networksimulator.model;

/**
 * Determines the active set of each epoch. Leaving participants come and go in endless cycles, so that every period
 * contains joins and leaves.
 */
final class MembershipSchedule {

    private static final int MIN_CYCLE = 40;
    private static final int FLICKER_PRESENCE = 700;

    private final BehaviourFrequencies behaviour;
    private final SeededRandom random;

    MembershipSchedule(BehaviourFrequencies behaviour, SeededRandom random) {
        this.behaviour = behaviour;
        this.random = random;
    }

    /**
     * Whether the participant is in the epoch's active set. A leaving participant is present for seven tenths of its
     * cycle.
     */
    boolean isMember(int participant, long epoch) {
        if (epoch < 1) {
            return false;
        }
        int kind = random.intBelow(1000, RandomPurpose.MEMBERSHIP_KIND, participant, 0);
        if (kind < behaviour.leaving()) {
            return epochsSinceJoining(participant, epoch) < cycle(participant) * 7 / 10;
        }
        return kind >= behaviour.leaving() + behaviour.flickering()
                || random.occurs(FLICKER_PRESENCE, RandomPurpose.MEMBERSHIP_EPOCH, participant, epoch);
    }

    /** Epochs since the participant last joined, or since the chain's start if it never leaves. */
    long epochsSinceJoining(int participant, long epoch) {
        int kind = random.intBelow(1000, RandomPurpose.MEMBERSHIP_KIND, participant, 0);
        return kind < behaviour.leaving()
                ? Math.floorMod(
                        epoch + random.intBelow(1000, RandomPurpose.MEMBERSHIP_PHASE, participant, 0),
                        cycle(participant))
                : epoch;
    }

    /** Epochs of one presence and absence, different for each participant so that they do not move together. */
    private int cycle(int participant) {
        return MIN_CYCLE + random.intBelow(80, RandomPurpose.MEMBERSHIP_PHASE, participant, 1);
    }
}
