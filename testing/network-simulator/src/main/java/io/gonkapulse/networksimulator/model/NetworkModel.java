package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The network as stateless functions of participant, epoch and height, callable in any order. Participants are
 * numbered from 0. Thread-safe.
 */
public final class NetworkModel {

    private static final int SECONDS_PER_MINUTE = 60;

    private final NetworkPlan plan;
    private final ChainCalendar calendar;
    private final SeededRandom random;
    private final ParticipantFactory participants;
    private final MembershipSchedule membership;
    private final OutageSchedule outages;
    private final LiveCounterCalculator liveCounters;
    private final SettlementCalculator settlements;

    public NetworkModel(NetworkPlan plan) {
        this.plan = plan;
        calendar = new ChainCalendar(plan.calendar());
        random = new SeededRandom(plan.seed());
        participants = new ParticipantFactory(plan, random);
        membership = new MembershipSchedule(plan, random);
        outages = new OutageSchedule(plan.behaviour(), participants, random);
        liveCounters = new LiveCounterCalculator(calendar, plan.behaviour(), membership, outages, random);
        settlements = new SettlementCalculator(plan, calendar, membership, liveCounters, random);
    }

    public NetworkPlan plan() {
        return plan;
    }

    public ChainCalendar calendar() {
        return calendar;
    }

    public NodeIdentifier identifier(int participant) {
        return participants.identifier(participant);
    }

    public OptionalInt find(String address) {
        return participants.find(address);
    }

    public SimulatedParticipant participant(int participant) {
        return participants.create(participant);
    }

    public IntStream allParticipants() {
        return IntStream.range(0, plan.participants());
    }

    /** The participants of an epoch's active set. */
    public IntStream members(long epoch) {
        return allParticipants().filter(participant -> membership.isMember(participant, epoch));
    }

    public boolean isMember(int participant, long epoch) {
        return membership.isMember(participant, epoch);
    }

    public long weight(int participant, long epoch) {
        return membership.weight(participant, epoch);
    }

    public List<MlNode> machines(SimulatedParticipant participant, long epoch) {
        return participants.machinesOf(participant, weight(participant.number(), epoch));
    }

    /** Whether a second proof of compute confirmed the weight. */
    public boolean isConfirmed(int participant, long epoch) {
        return random.occurs(600, RandomPurpose.CONFIRMATION, participant, epoch);
    }

    /** The status word on the chain. Some are unknown or empty, as on the real network. */
    public String status(int participant, long epoch) {
        if (settlements.isInvalid(participant, epoch)) {
            return "INVALID";
        }
        if (membership.epochsSinceJoining(participant, epoch) < 3) {
            return "RAMPING";
        }
        return switch (random.intBelow(400, RandomPurpose.STATUS, participant, epoch)) {
            case 0, 1, 2 -> "INACTIVE";
            case 3 -> "UNSPECIFIED";
            case 4 -> "";
            case 5 -> "PROBATION";
            default -> "ACTIVE";
        };
    }

    /** Null for the few participants without a seed. */
    public @Nullable String seedSignature(int participant, long epoch) {
        return random.occurs(20, RandomPurpose.SEED_MISSING, participant, epoch)
                ? null
                : HexFormat.of().formatHex(random.bytes(64, RandomPurpose.SEED_SIGNATURE, participant, epoch));
    }

    public SimulatedCounters liveCounters(int participant, long epoch, long height) {
        return liveCounters.countersAt(participant, epoch, height);
    }

    public Optional<SimulatedSettlement> settlement(int participant, long epoch, long height) {
        return settlements.settlementAt(participant, epoch, height);
    }

    /** The height at which an epoch's reward is claimed. Empty if it never is. */
    public OptionalLong claimHeight(int participant, long epoch) {
        return settlements.claimHeight(participant, epoch);
    }

    public Ngonka totalReward(long epoch) {
        return settlements.totalReward(epoch);
    }

    /** Constant within a UTC minute. */
    public SimulatedHealth health(int participant, Instant instant) {
        long minute = minute(instant);
        OutageSchedule.Outage outage = outages.outageAt(participant, minute);
        if (outage.covers(minute) && outage.state() == SimulatedHealth.JAILED) {
            return SimulatedHealth.JAILED;
        }
        if (!participants.isHealthChecked(participant)) {
            return SimulatedHealth.UNKNOWN;
        }
        return outage.covers(minute) ? outage.state() : SimulatedHealth.HEALTHY;
    }

    /** The end of the outage that covers an instant. */
    public Instant outageEnd(int participant, Instant instant) {
        return Instant.ofEpochSecond(
                outages.outageAt(participant, minute(instant)).to() * SECONDS_PER_MINUTE);
    }

    private static long minute(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_MINUTE);
    }
}
