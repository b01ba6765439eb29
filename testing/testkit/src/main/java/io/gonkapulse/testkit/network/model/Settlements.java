package io.gonkapulse.testkit.network.model;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What each epoch paid: a share of the epoch's pool by weight, rounded down. */
final class Settlements {

    private final NetworkPlan plan;
    private final Calendar calendar;
    private final Weights weights;
    private final Work work;
    private final Claims claims;
    private final Dice dice;

    Settlements(NetworkPlan plan, Calendar calendar, Weights weights, Work work, Dice dice) {
        this.plan = plan;
        this.calendar = calendar;
        this.weights = weights;
        this.work = work;
        this.claims = new Claims(calendar, plan.shares(), dice);
        this.dice = dice;
    }

    /** Empty until the epoch is settled, and for those who were not in it. */
    Optional<Settlement> at(int participant, long epoch, long height) {
        if (height < calendar.settlementHeight(epoch) || weights.weight(participant, epoch) == 0) {
            return Optional.empty();
        }
        Claims.Claim claim = claims.of(participant, epoch);
        boolean claimed = claim.height() <= height;
        boolean forfeited = !claimed && height >= calendar.settlementHeight(epoch + 2);
        Ngonka rewarded = claim.hiddenUntilThen() && !claimed ? Ngonka.ZERO : reward(participant, epoch);
        return Optional.of(new Settlement(epoch, work.settled(participant, epoch), rewarded, claimed, forfeited));
    }

    OptionalLong claimHeight(int participant, long epoch) {
        long height = claims.of(participant, epoch).height();
        return height == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(height);
    }

    boolean isInvalid(int participant, long epoch) {
        return dice.perMille(plan.shares().invalid(), Purpose.INVALID, participant, epoch);
    }

    /** The sum of all rewards of an epoch, claimed or not. */
    Ngonka total(long epoch) {
        return IntStream.range(0, plan.participants())
                .mapToObj(participant -> reward(participant, epoch))
                .reduce(Ngonka.ZERO, Ngonka::plus);
    }

    private Ngonka reward(int participant, long epoch) {
        long weight = weights.weight(participant, epoch);
        if (weight == 0 || isInvalid(participant, epoch)) {
            return Ngonka.ZERO;
        }
        BigInteger pool = plan.epochReward().amount();
        return new Ngonka(pool.multiply(BigInteger.valueOf(weight)).divide(BigInteger.valueOf(weights.total(epoch))));
    }
}
