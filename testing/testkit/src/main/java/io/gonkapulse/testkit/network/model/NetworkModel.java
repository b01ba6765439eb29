package io.gonkapulse.testkit.network.model;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The whole network as functions of participant, epoch and height. It has no state and may be asked in any order. */
public final class NetworkModel {

    private static final int SECONDS_PER_MINUTE = 60;

    private final NetworkPlan plan;
    private final Calendar calendar;
    private final Dice dice;
    private final Population population;
    private final Membership membership;
    private final Weights weights;
    private final Spells spells;
    private final Work work;
    private final Settlements settlements;
    private final Machines machines;

    public NetworkModel(NetworkPlan plan) {
        this.plan = plan;
        calendar = new Calendar(plan.calendar());
        dice = new Dice(plan.seed());
        population = new Population(plan, dice);
        membership = new Membership(plan.shares(), dice);
        weights = new Weights(plan.participants(), membership, dice);
        spells = new Spells(plan.shares(), population, dice);
        work = new Work(calendar, plan.shares(), membership, spells, dice);
        settlements = new Settlements(plan, calendar, weights, work, dice);
        machines = new Machines(dice);
    }

    public NetworkPlan plan() {
        return plan;
    }

    public Calendar calendar() {
        return calendar;
    }

    public NodeIdentifier identifier(int participant) {
        return population.identifier(participant);
    }

    public OptionalInt find(String address) {
        return population.find(address);
    }

    public Participant participant(int participant) {
        return population.participant(participant);
    }

    public IntStream everybody() {
        return IntStream.range(0, plan.participants());
    }

    /** The active set of an epoch. */
    public IntStream members(long epoch) {
        return everybody().filter(participant -> membership.isMember(participant, epoch));
    }

    public boolean isMember(int participant, long epoch) {
        return membership.isMember(participant, epoch);
    }

    public long weight(int participant, long epoch) {
        return weights.weight(participant, epoch);
    }

    public List<MlNode> machines(Participant participant, long epoch) {
        return machines.of(participant, weight(participant.number(), epoch));
    }

    /** Whether the weight was confirmed by a second proof of compute. */
    public boolean isConfirmed(int participant, long epoch) {
        return dice.perMille(600, Purpose.CONFIRMATION, participant, epoch);
    }

    public String status(int participant, long epoch) {
        if (settlements.isInvalid(participant, epoch)) {
            return "INVALID";
        }
        if (membership.epochsSinceJoining(participant, epoch) < 3) {
            return "RAMPING";
        }
        return switch (dice.below(400, Purpose.STATUS, participant, epoch)) {
            case 0, 1, 2 -> "INACTIVE";
            case 3 -> "UNSPECIFIED";
            case 4 -> "";
            case 5 -> "PROBATION";
            default -> "ACTIVE";
        };
    }

    public @Nullable String seedSignature(int participant, long epoch) {
        return dice.perMille(20, Purpose.SEED_MISSING, participant, epoch)
                ? null
                : HexFormat.of().formatHex(dice.bytes(64, Purpose.SEED_SIGNATURE, participant, epoch));
    }

    public Counters live(int participant, long epoch, long height) {
        return work.live(participant, epoch, height);
    }

    public Optional<Settlement> settlement(int participant, long epoch, long height) {
        return settlements.at(participant, epoch, height);
    }

    /** The block that claims the reward of an epoch; empty when nobody ever does. */
    public OptionalLong claimHeight(int participant, long epoch) {
        return settlements.claimHeight(participant, epoch);
    }

    public Ngonka totalReward(long epoch) {
        return settlements.total(epoch);
    }

    /** The same for every instant of a UTC minute. */
    public Health health(int participant, Instant instant) {
        long minute = minute(instant);
        Spells.Spell spell = spells.at(participant, minute);
        if (spell.covers(minute) && spell.state() == Health.JAILED) {
            return Health.JAILED;
        }
        if (!population.isChecked(participant)) {
            return Health.UNKNOWN;
        }
        return spell.covers(minute) ? spell.state() : Health.HEALTHY;
    }

    /** The end of the spell that covers an instant. */
    public Instant spellEnd(int participant, Instant instant) {
        return Instant.ofEpochSecond(spells.at(participant, minute(instant)).to() * SECONDS_PER_MINUTE);
    }

    private static long minute(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_MINUTE);
    }
}
