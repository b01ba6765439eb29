package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.chain.ChainCalendar;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Computes each epoch's rewards: shares of the epoch's pool by weight, rounded down. */
final class SettlementCalculator {

    private final NetworkPlan plan;
    private final ChainCalendar calendar;
    private final VotingWeights weights;
    private final LiveCounterCalculator liveCounters;
    private final ClaimSchedule claims;
    private final SeededRandom random;

    SettlementCalculator(
            NetworkPlan plan,
            ChainCalendar calendar,
            VotingWeights weights,
            LiveCounterCalculator liveCounters,
            SeededRandom random) {
        this.plan = plan;
        this.calendar = calendar;
        this.weights = weights;
        this.liveCounters = liveCounters;
        this.claims = new ClaimSchedule(calendar, plan.behaviour(), random);
        this.random = random;
    }

    /** Returns empty before the settlement and for participants outside the active set. */
    Optional<SimulatedSettlement> settlementAt(int participant, long epoch, long height) {
        if (height < calendar.settlementHeight(epoch) || weights.weight(participant, epoch) == 0) {
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
        long weight = weights.weight(participant, epoch);
        if (weight == 0 || isInvalid(participant, epoch)) {
            return Ngonka.ZERO;
        }
        BigInteger pool = plan.epochReward().amount();
        return new Ngonka(pool.multiply(BigInteger.valueOf(weight)).divide(BigInteger.valueOf(weights.total(epoch))));
    }
}
