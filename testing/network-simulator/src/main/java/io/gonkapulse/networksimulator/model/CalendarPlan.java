package io.gonkapulse.networksimulator.model;

import java.time.Duration;
import java.time.Instant;

/**
 * An anchor block and an anchor epoch. All other blocks and epochs are computed from them.
 *
 * @param anchorHeight a height whose time is known
 * @param anchorTime the time of that block
 * @param blockTime the average time between blocks
 * @param jitter the largest deviation of a block time, below half of {@code blockTime} so that times stay ordered
 * @param anchorEpoch an epoch whose start is known
 * @param anchorPocStart the height at which that epoch's proof of compute starts
 * @param epochs the length of epochs and stages
 */
public record CalendarPlan(
        long anchorHeight,
        Instant anchorTime,
        Duration blockTime,
        Duration jitter,
        long anchorEpoch,
        long anchorPocStart,
        EpochParameters epochs) {

    public CalendarPlan {
        if (jitter.multipliedBy(2).compareTo(blockTime) >= 0) {
            throw new IllegalArgumentException(
                    "Expected a jitter below half a block time (" + blockTime + "), got " + jitter);
        }
        if (anchorPocStart > anchorHeight) {
            throw new IllegalArgumentException("Expected the anchor epoch to have begun by block " + anchorHeight
                    + ", got a start at " + anchorPocStart);
        }
    }

    /** The main network's block 1,634,323 in epoch 105. */
    public static CalendarPlan mainnet() {
        return new CalendarPlan(
                1_634_323,
                Instant.parse("2025-12-08T13:56:28.426061722Z"),
                Duration.ofMillis(6_020),
                Duration.ofMillis(900),
                105,
                1_627_410,
                EpochParameters.mainnet());
    }

    public CalendarPlan epochs(EpochParameters epochs) {
        return new CalendarPlan(anchorHeight, anchorTime, blockTime, jitter, anchorEpoch, anchorPocStart, epochs);
    }
}
