package io.gonkapulse.networksimulator.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Converts between heights, block times and epochs. An epoch's proof of compute runs while the previous epoch is
 * still current. There are therefore two "current" epochs, {@link #latestEpoch} and {@link #currentEpoch}.
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

    /** The time of a block. Block times strictly increase. */
    public Instant blockTime(long height) {
        return base.plusNanos((height - plan.anchorHeight()) * blockNanos + jitter(height));
    }

    /** The newest height at an instant. */
    public long heightAt(Instant instant) {
        long estimate = plan.anchorHeight()
                + Math.floorDiv(Duration.between(base, instant).toNanos(), blockNanos)
                + 1;
        while (blockTime(estimate).isAfter(instant)) {
            estimate--;
        }
        return estimate;
    }

    /** The height at which an epoch's proof of compute starts. */
    public long pocStart(long epoch) {
        return plan.anchorPocStart()
                + (epoch - plan.anchorEpoch()) * parameters().epochLength();
    }

    /** The height that settles an epoch and resets its live counters to zero. */
    public long settlementHeight(long epoch) {
        return pocStart(epoch + 1) + parameters().settlementOffset();
    }

    /** The first height at which an epoch is current and the previous epoch's rewards are claimable. */
    public long effectiveHeight(long epoch) {
        return pocStart(epoch) + parameters().effectiveOffset();
    }

    /** The newest epoch whose proof of compute has begun. */
    public long latestEpoch(long height) {
        return plan.anchorEpoch()
                + Math.floorDiv(height - plan.anchorPocStart(), parameters().epochLength());
    }

    /** The epoch that nodes and trackers report as current. */
    public long currentEpoch(long height) {
        return latestEpoch(height - parameters().effectiveOffset());
    }

    /** The newest epoch that is settled at a height. */
    public long newestSettledEpoch(long height) {
        return latestEpoch(height - parameters().settlementOffset()) - 1;
    }

    public EpochStages stages(long epoch) {
        return EpochStages.of(epoch, pocStart(epoch), parameters());
    }

    /** A reproducible deviation of each block time, below half a block, so that times stay ordered. */
    private long jitter(long height) {
        return Math.floorMod((height * 0x9e3779b97f4a7c15L) >>> 7, 2 * jitterNanos + 1) - jitterNanos;
    }

    /** The heights at which the stages of an epoch begin and end. The names are those of the chain's API. */
    public record EpochStages(
            long epochIndex,
            long pocStart,
            long pocGenerationWindDown,
            long pocGenerationEnd,
            long pocValidationStart,
            long pocValidationWindDown,
            long pocValidationEnd,
            long setNewValidators,
            long claimMoney,
            long inferenceValidationCutoff,
            long nextPocStart) {

        static EpochStages of(long epoch, long start, EpochParameters parameters) {
            long generationEnd = start + parameters.pocStageDuration();
            long validationStart = generationEnd + parameters.pocValidationDelay();
            long validationEnd = start + parameters.settlementOffset();
            long next = start + parameters.epochLength();
            return new EpochStages(
                    epoch,
                    start,
                    generationEnd - parameters.pocStageDuration() / 5,
                    generationEnd,
                    validationStart,
                    validationEnd - parameters.pocValidationDuration() / 5,
                    validationEnd,
                    start + parameters.effectiveOffset(),
                    start + parameters.effectiveOffset() + 1,
                    next - parameters.inferenceValidationCutoff(),
                    next);
        }

        /** The chain's name of the phase at a height of this epoch. */
        public String phase(long height) {
            if (height < pocGenerationWindDown) {
                return "PoCGenerate";
            }
            if (height < pocValidationStart) {
                return "PoCGenerateWindDown";
            }
            if (height < pocValidationWindDown) {
                return "PoCValidate";
            }
            return height < pocValidationEnd ? "PoCValidateWindDown" : "Inference";
        }
    }
}
