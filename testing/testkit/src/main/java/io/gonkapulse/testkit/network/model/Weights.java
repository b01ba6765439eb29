package io.gonkapulse.testkit.network.model;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** Voting weights of an epoch's members. */
final class Weights {

    private final int participants;
    private final Membership membership;
    private final Dice dice;
    private final ConcurrentMap<Long, Long> totals = new ConcurrentHashMap<>();

    Weights(int participants, Membership membership, Dice dice) {
        this.participants = participants;
        this.membership = membership;
        this.dice = dice;
    }

    /** Zero for those who are not members. */
    long weight(int participant, long epoch) {
        if (!membership.isMember(participant, epoch)) {
            return 0;
        }
        int kind = dice.below(1000, Purpose.WEIGHT_KIND, participant, 0);
        long usual = 100L + dice.below(kind < 700 ? 1_500 : 9_000, Purpose.WEIGHT, participant, 0);
        long ofKind = kind >= 997 ? usual * 20 : usual;
        return ofKind * (950L + dice.below(100, Purpose.WEIGHT_OF_EPOCH, participant, epoch)) / 1000;
    }

    /** Remembered, because every reward of the epoch needs it. */
    long total(long epoch) {
        return totals.computeIfAbsent(epoch, this::sum);
    }

    private long sum(long epoch) {
        return IntStream.range(0, participants)
                .mapToLong(participant -> weight(participant, epoch))
                .sum();
    }
}
