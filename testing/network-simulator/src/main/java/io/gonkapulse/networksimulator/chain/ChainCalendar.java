package io.gonkapulse.networksimulator.chain;

import java.time.Duration;
import java.time.Instant;

/**
 * Which block was made when, and which epoch it belongs to. The proof of compute that opens an epoch runs while the
 * epoch before is still the current one; so there are two answers to "which epoch is it": {@link #latestEpoch} and
 * {@link #currentEpoch}.
 */
public final class ChainCalendar {

    private final CalendarPlan plan;
    private final long blockNanos;
    private final long jitterNanos;
    private final Instant base;

    public ChainCalendar(CalendarPlan plan) {
        this.plan = plan;
        this.blockNanos = plan.blockTime().toNanos();
        this.jitterNanos = plan.jitter().toNanos();
        this.base = plan.anchorTime().minusNanos(jitter(plan.anchorHeight()));
    }

    public CalendarPlan plan() {
        return plan;
    }

    public EpochParameters parameters() {
        return plan.epochs();
    }

    /** Block times grow strictly. */
    public Instant blockTime(long height) {
        return base.plusNanos((height - plan.anchorHeight()) * blockNanos + jitter(height));
    }

    /** The newest block at an instant. */
    public long heightAt(Instant instant) {
        long estimate = plan.anchorHeight()
                + Math.floorDiv(Duration.between(base, instant).toNanos(), blockNanos)
                + 1;
        while (blockTime(estimate).isAfter(instant)) {
            estimate--;
        }
        return estimate;
    }

    public long pocStart(long epoch) {
        return plan.anchorPocStart()
                + (epoch - plan.anchorEpoch()) * parameters().epochLength();
    }

    /** The block that pays an epoch and sets the live counters back to zero. */
    public long settlementHeight(long epoch) {
        return pocStart(epoch + 1) + parameters().settlementOffset();
    }

    /** The block from which on an epoch is the current one, and the rewards of the epoch before can be claimed. */
    public long effectiveHeight(long epoch) {
        return pocStart(epoch) + parameters().effectiveOffset();
    }

    /** The newest epoch whose proof of compute has begun. */
    public long latestEpoch(long height) {
        return plan.anchorEpoch()
                + Math.floorDiv(height - plan.anchorPocStart(), parameters().epochLength());
    }

    public long currentEpoch(long height) {
        return latestEpoch(height - parameters().effectiveOffset());
    }

    public long newestSettledEpoch(long height) {
        return latestEpoch(height - parameters().settlementOffset()) - 1;
    }

    public EpochStages stages(long epoch) {
        return EpochStages.of(epoch, pocStart(epoch), parameters());
    }

    private long jitter(long height) {
        return Math.floorMod((height * 0x9e3779b97f4a7c15L) >>> 7, 2 * jitterNanos + 1) - jitterNanos;
    }
}
