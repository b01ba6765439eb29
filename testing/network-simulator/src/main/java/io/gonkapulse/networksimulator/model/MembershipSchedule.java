package io.gonkapulse.networksimulator.model;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * Determines the active set of each epoch and its voting weights. Leaving participants come and go in endless cycles, so that every period
 * contains joins and leaves.
 */
final class MembershipSchedule {

    /** In epochs. */
    private static final int MIN_CYCLE = 40;
    /** In parts of a thousand. */
    private static final int FLICKER_PRESENCE = 700;

    private final int participants;
    private final BehaviourFrequencies behaviour;
    private final SeededRandom random;
    private final ConcurrentMap<Long, Long> totals = new ConcurrentHashMap<>();

    MembershipSchedule(NetworkPlan plan, SeededRandom random) {
        this.participants = plan.participants();
        this.behaviour = plan.behaviour();
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

    /** Zero outside the active set. */
    long weight(int participant, long epoch) {
        if (!isMember(participant, epoch)) {
            return 0;
        }
        int kind = random.intBelow(1000, RandomPurpose.WEIGHT_KIND, participant, 0);
        long usual = 100L + random.intBelow(kind < 700 ? 1_500 : 9_000, RandomPurpose.WEIGHT, participant, 0);
        // Like the real network: a third of the participants is larger, and a few are much larger.
        long ofKind = kind >= 997 ? usual * 20 : usual;
        return ofKind * (950L + random.intBelow(100, RandomPurpose.WEIGHT_OF_EPOCH, participant, epoch)) / 1000;
    }

    /** Cached, because every reward of the epoch needs it. */
    long totalWeight(long epoch) {
        return totals.computeIfAbsent(epoch, this::sum);
    }

    private long sum(long epoch) {
        return IntStream.range(0, participants)
                .mapToLong(participant -> weight(participant, epoch))
                .sum();
    }

    /** Epochs of one presence and absence, different for each participant so that they do not move together. */
    private int cycle(int participant) {
        return MIN_CYCLE + random.intBelow(80, RandomPurpose.MEMBERSHIP_PHASE, participant, 1);
    }
}
