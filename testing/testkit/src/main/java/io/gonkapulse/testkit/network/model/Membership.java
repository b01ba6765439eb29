package io.gonkapulse.testkit.network.model;

import io.gonkapulse.testkit.network.plan.BehaviourShares;

/**
 * Who is in the active set of which epoch. Leavers come and go in cycles without end: whatever stretch of time one looks
 * at, some join in it and some leave.
 */
final class Membership {

    private static final int SHORTEST_CYCLE = 40;
    private static final int FLICKER_PRESENCE = 700;

    private final BehaviourShares shares;
    private final Dice dice;

    Membership(BehaviourShares shares, Dice dice) {
        this.shares = shares;
        this.dice = dice;
    }

    boolean isMember(int participant, long epoch) {
        if (epoch < 1) {
            return false;
        }
        int kind = dice.below(1000, Purpose.MEMBERSHIP_KIND, participant, 0);
        if (kind < shares.leaving()) {
            return epochsSinceJoining(participant, epoch) < cycle(participant) * 7 / 10;
        }
        return kind >= shares.leaving() + shares.flickering()
                || dice.perMille(FLICKER_PRESENCE, Purpose.MEMBERSHIP_EPOCH, participant, epoch);
    }

    /** Epochs since the participant joined, or joined again; of those that never leave, since the chain began. */
    long epochsSinceJoining(int participant, long epoch) {
        int kind = dice.below(1000, Purpose.MEMBERSHIP_KIND, participant, 0);
        return kind < shares.leaving()
                ? Math.floorMod(epoch + dice.below(1000, Purpose.MEMBERSHIP_PHASE, participant, 0), cycle(participant))
                : epoch;
    }

    private int cycle(int participant) {
        return SHORTEST_CYCLE + dice.below(80, Purpose.MEMBERSHIP_PHASE, participant, 1);
    }
}
