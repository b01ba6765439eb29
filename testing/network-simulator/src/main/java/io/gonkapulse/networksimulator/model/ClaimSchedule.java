package io.gonkapulse.networksimulator.model;

import io.gonkapulse.networksimulator.chain.ChainCalendar;

/** Determines the height at which a participant claims an epoch's reward. */
final class ClaimSchedule {

    /** Blocks within which most participants claim, about ten minutes. */
    private static final int PROMPT_BLOCKS = 100;

    private final ChainCalendar calendar;
    private final BehaviourFrequencies behaviour;
    private final SeededRandom random;

    ClaimSchedule(ChainCalendar calendar, BehaviourFrequencies behaviour, SeededRandom random) {
        this.calendar = calendar;
        this.behaviour = behaviour;
        this.random = random;
    }

    /** @param height {@link Long#MAX_VALUE} if the reward is never claimed */
    record ScheduledClaim(long height, boolean hiddenUntilClaimed) {}

    ScheduledClaim claimOf(int participant, long epoch) {
        int kind = random.intBelow(1000, RandomPurpose.CLAIM_KIND, participant, epoch);
        long open = calendar.effectiveHeight(epoch + 1);
        long next = calendar.settlementHeight(epoch + 1);
        int never = behaviour.neverClaims();
        int hidden = never + behaviour.hiddenClaims();
        int veryLate = hidden + behaviour.veryLateClaims();
        if (kind < never) {
            return new ScheduledClaim(Long.MAX_VALUE, false);
        }
        if (kind < hidden) {
            return new ScheduledClaim(heightBetween(open, next, participant, epoch), true);
        }
        if (kind < veryLate) {
            return new ScheduledClaim(
                    heightBetween(next, calendar.settlementHeight(epoch + 2), participant, epoch), false);
        }
        long latest = kind < veryLate + behaviour.lateClaims() ? next : Math.min(open + PROMPT_BLOCKS, next);
        return new ScheduledClaim(heightBetween(open, latest, participant, epoch), false);
    }

    /** A height strictly between the two. */
    private long heightBetween(long first, long last, int participant, long epoch) {
        int blocks = (int) (last - first - 1);
        return first + 1 + random.intBelow(blocks, RandomPurpose.CLAIM_HEIGHT, participant, epoch);
    }
}
