package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.math.BigDecimal;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What a tracker reports of one node: its counters in one epoch, and its rewards of the last epochs. */
final class TrackerNodeResponse {

    /** Trackers report at least this many epochs of rewards. */
    private static final int REPORTED_EPOCHS = 6;

    private static final int GNK_TO_NGONKA = 9;

    private static final EpochCountersReader COUNTERS =
            EpochCountersReader.forObject("participant.current_epoch_stats");
    private static final JsonObjectShape REWARD = JsonObjectShape.of("epoch_id", "assigned_reward_gnk", "claimed");

    private final NodeIdentifier node;
    private final TreeMap<Long, EpochReward> rewards = new TreeMap<>();
    private NodeCounters counters = NodeCounters.ZERO;

    /** Rounded down to whole GNK. */
    record EpochReward(Ngonka amount, boolean claimed) {

        NodeResult toResult(NodeCounters counters) {
            return new NodeResult.RewardedResult(counters, amount, claimed, true);
        }
    }

    TrackerNodeResponse(NodeIdentifier node) {
        this.node = node;
    }

    JsonObjectShape shape() {
        return JsonObjectShape.of("participant.index").and(COUNTERS.paths()).array("rewards", REWARD, this::add);
    }

    TrackerNodeResponse read(JsonEntry entry) {
        String index = entry.text("participant.index", 200);
        if (index == null || !index.equalsIgnoreCase(node.value())) {
            throw new MalformedValueException("Expected the participant " + node + ", got another one");
        }
        counters = COUNTERS.read(entry);
        return this;
    }

    /**
     * The result of an epoch.
     *
     * @param running the running epoch of the address, for a tracker without any rewards
     */
    Optional<NodeResult> result(long epoch, LongSupplier running) {
        EpochReward reward = rewards.get(epoch);
        if (reward != null) {
            return Optional.of(reward.toResult(counters));
        }
        boolean tooLongAgo = rewards.higherKey(epoch) != null || epoch + REPORTED_EPOCHS < running.getAsLong();
        return tooLongAgo ? Optional.of(new NodeResult.CountersOnlyResult(counters)) : Optional.empty();
    }

    /** By epoch. */
    NavigableMap<Long, EpochReward> rewards() {
        return rewards;
    }

    Optional<EpochReward> reward(long epoch) {
        return Optional.ofNullable(rewards.get(epoch));
    }

    /** Whether the rewards go back to an epoch. If so, a missing reward does not exist yet. */
    boolean covers(long epoch) {
        return rewards.floorKey(epoch) != null;
    }

    static JsonObjectShape hardwareShape(NodeHardwareBuilder builder) {
        return JsonObjectShape.of().array("ml_nodes", builder.machineShape(), machine -> {});
    }

    private void add(JsonEntry entry) {
        entry.requireValid();
        EpochReward reward = new EpochReward(parseAmount(entry), Boolean.TRUE.equals(entry.flag("claimed")));
        EpochReward other = rewards.put(entry.requiredNumber("epoch_id"), reward);
        if (other != null && !other.equals(reward)) {
            throw new MalformedValueException("Expected one reward for each epoch, got two that differ");
        }
    }

    /** Rejects more than nine decimals, because rounding would change an amount. */
    private static Ngonka parseAmount(JsonEntry entry) {
        BigDecimal gnk = entry.decimal("assigned_reward_gnk");
        try {
            return gnk == null
                    ? Ngonka.ZERO
                    : new Ngonka(gnk.movePointRight(GNK_TO_NGONKA).toBigIntegerExact());
        } catch (ArithmeticException e) {
            throw new MalformedValueException("Expected a reward in GNK with 9 decimals at most, got more");
        }
    }
}
