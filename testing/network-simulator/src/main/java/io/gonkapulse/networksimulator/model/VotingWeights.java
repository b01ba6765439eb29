package io.gonkapulse.networksimulator.model;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** Computes the voting weights of an epoch's active set. */
final class VotingWeights {

    private final int participants;
    private final MembershipSchedule membership;
    private final SeededRandom random;
    private final ConcurrentMap<Long, Long> totals = new ConcurrentHashMap<>();

    VotingWeights(int participants, MembershipSchedule membership, SeededRandom random) {
        this.participants = participants;
        this.membership = membership;
        this.random = random;
    }

    /** Zero outside the active set. */
    long weight(int participant, long epoch) {
        if (!membership.isMember(participant, epoch)) {
            return 0;
        }
        int kind = random.intBelow(1000, RandomPurpose.WEIGHT_KIND, participant, 0);
        long usual = 100L + random.intBelow(kind < 700 ? 1_500 : 9_000, RandomPurpose.WEIGHT, participant, 0);
        // Like the real network: a third of the participants is larger, and a few are much larger.
        long ofKind = kind >= 997 ? usual * 20 : usual;
        return ofKind * (950L + random.intBelow(100, RandomPurpose.WEIGHT_OF_EPOCH, participant, epoch)) / 1000;
    }

    /** Cached, because every reward of the epoch needs it. */
    long total(long epoch) {
        return totals.computeIfAbsent(epoch, this::sum);
    }

    private long sum(long epoch) {
        return IntStream.range(0, participants)
                .mapToLong(participant -> weight(participant, epoch))
                .sum();
    }
}
