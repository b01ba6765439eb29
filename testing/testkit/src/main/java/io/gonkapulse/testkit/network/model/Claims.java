package io.gonkapulse.testkit.network.model;

import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.plan.BehaviourShares;

/** Who claims the reward of an epoch, and in which block. */
final class Claims {

    private static final int PROMPT_BLOCKS = 100;

    private final Calendar calendar;
    private final BehaviourShares shares;
    private final Dice dice;

    Claims(Calendar calendar, BehaviourShares shares, Dice dice) {
        this.calendar = calendar;
        this.shares = shares;
        this.dice = dice;
    }

    /** @param height {@link Long#MAX_VALUE} when never */
    record Claim(long height, boolean hiddenUntilThen) {}

    Claim of(int participant, long epoch) {
        int kind = dice.below(1000, Purpose.CLAIM_KIND, participant, epoch);
        long open = calendar.effectiveHeight(epoch + 1);
        long next = calendar.settlementHeight(epoch + 1);
        int never = shares.neverClaims();
        int hidden = never + shares.hiddenClaims();
        int veryLate = hidden + shares.veryLateClaims();
        if (kind < never) {
            return new Claim(Long.MAX_VALUE, false);
        }
        if (kind < hidden) {
            return new Claim(between(open, next, participant, epoch), true);
        }
        if (kind < veryLate) {
            return new Claim(between(next, calendar.settlementHeight(epoch + 2), participant, epoch), false);
        }
        long latest = kind < veryLate + shares.lateClaims() ? next : Math.min(open + PROMPT_BLOCKS, next);
        return new Claim(between(open, latest, participant, epoch), false);
    }

    /** After the first and before the last. */
    private long between(long first, long last, int participant, long epoch) {
        int blocks = (int) (last - first - 1);
        return first + 1 + dice.below(blocks, Purpose.CLAIM_HEIGHT, participant, epoch);
    }
}
