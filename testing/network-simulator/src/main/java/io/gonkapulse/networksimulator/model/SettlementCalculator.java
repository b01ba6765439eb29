package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Computes each epoch's rewards: shares of the epoch's pool by weight, rounded down. */
final class SettlementCalculator {

    private final NetworkPlan plan;
    private final ChainCalendar calendar;
    private final MembershipSchedule membership;
    private final LiveCounterCalculator liveCounters;
    private final ClaimSchedule claims;
    private final SeededRandom random;

    SettlementCalculator(
            NetworkPlan plan,
            ChainCalendar calendar,
            MembershipSchedule membership,
            LiveCounterCalculator liveCounters,
            SeededRandom random) {
        this.plan = plan;
        this.calendar = calendar;
        this.membership = membership;
        this.liveCounters = liveCounters;
        this.claims = new ClaimSchedule(calendar, plan.behaviour(), random);
        this.random = random;
    }

    /** Returns empty before the settlement and for participants outside the active set. */
    Optional<SimulatedSettlement> settlementAt(int participant, long epoch, long height) {
        if (height < calendar.settlementHeight(epoch) || membership.weight(participant, epoch) == 0) {
            return Optional.empty();
        }
        ClaimSchedule.ScheduledClaim claim = claims.claimOf(participant, epoch);
        boolean claimed = claim.height() <= height;
        boolean forfeited = !claimed && height >= calendar.settlementHeight(epoch + 2);
        Ngonka rewarded = claim.hiddenUntilClaimed() && !claimed ? Ngonka.ZERO : reward(participant, epoch);
        return Optional.of(new SimulatedSettlement(
                epoch, liveCounters.settledCounters(participant, epoch), rewarded, claimed, forfeited));
    }

    OptionalLong claimHeight(int participant, long epoch) {
        long height = claims.claimOf(participant, epoch).height();
        return height == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(height);
    }

    /** Whether the participant receives no reward for the epoch. */
    boolean isInvalid(int participant, long epoch) {
        return random.occurs(plan.behaviour().invalid(), RandomPurpose.INVALID, participant, epoch);
    }

    /** The sum of all rewards of an epoch, claimed or not. */
    Ngonka totalReward(long epoch) {
        return IntStream.range(0, plan.participants())
                .mapToObj(participant -> reward(participant, epoch))
                .reduce(Ngonka.ZERO, Ngonka::plus);
    }

    /** Zero for participants outside the active set and for invalid ones. */
    private Ngonka reward(int participant, long epoch) {
        long weight = membership.weight(participant, epoch);
        if (weight == 0 || isInvalid(participant, epoch)) {
            return Ngonka.ZERO;
        }
        BigInteger pool = plan.epochReward().amount();
        return new Ngonka(
                pool.multiply(BigInteger.valueOf(weight)).divide(BigInteger.valueOf(membership.totalWeight(epoch))));
    }

    /** Determines the height at which a participant claims an epoch's reward. */
    private static final class ClaimSchedule {

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
}
