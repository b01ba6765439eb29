package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.EpochCounters;
import io.gonkapulse.trackerpoller.source.HardwareTally;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.math.BigDecimal;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What a tracker says of one node in one epoch: its counters, and the rewards of some epochs back. */
final class TrackerNode {

    /** How many epochs of rewards a tracker tells, at the least. */
    private static final int EPOCHS_TOLD = 6;

    private static final int GNK_TO_NGONKA = 9;

    private static final EpochCounters COUNTERS = EpochCounters.in("participant.current_epoch_stats");
    private static final Shape REWARD = Shape.of("epoch_id", "assigned_reward_gnk", "claimed");

    private final NodeIdentifier node;
    private final TreeMap<Long, Reward> rewards = new TreeMap<>();
    private Counters counters = Counters.ZERO;

    /** In whole GNK. */
    record Reward(Ngonka amount, boolean claimed) {

        NodeResult with(Counters counters) {
            return new NodeResult.Rewarded(counters, amount, claimed, true);
        }
    }

    TrackerNode(NodeIdentifier node) {
        this.node = node;
    }

    Shape shape() {
        return Shape.of("participant.index").and(COUNTERS.paths()).each("rewards", REWARD, this::add);
    }

    TrackerNode read(Entry entry) {
        String index = entry.text("participant.index", 200);
        if (index == null || !index.equalsIgnoreCase(node.value())) {
            throw new MalformedException("Expected the participant " + node + ", got another one");
        }
        counters = COUNTERS.read(entry);
        return this;
    }

    /**
     * What came of an epoch.
     *
     * @param running the epoch that runs where this was told, for a tracker that tells no rewards at all
     */
    Optional<NodeResult> result(long epoch, LongSupplier running) {
        Reward reward = rewards.get(epoch);
        if (reward != null) {
            return Optional.of(reward.with(counters));
        }
        boolean tooLongAgo = rewards.higherKey(epoch) != null || epoch + EPOCHS_TOLD < running.getAsLong();
        return tooLongAgo ? Optional.of(new NodeResult.CountersOnly(counters)) : Optional.empty();
    }

    /** Of all epochs that it tells any of. */
    NavigableMap<Long, Reward> rewards() {
        return rewards;
    }

    Optional<Reward> reward(long epoch) {
        return Optional.ofNullable(rewards.get(epoch));
    }

    /** Whether it goes back that far: then a reward that is not told does not exist yet. */
    boolean reaches(long epoch) {
        return rewards.floorKey(epoch) != null;
    }

    static Shape hardware(HardwareTally tally) {
        return Shape.of().each("ml_nodes", tally.machine(), machine -> {});
    }

    private void add(Entry entry) {
        entry.requireSound();
        Reward reward = new Reward(gnk(entry), Boolean.TRUE.equals(entry.flag("claimed")));
        Reward other = rewards.put(entry.required("epoch_id"), reward);
        if (other != null && !other.equals(reward)) {
            throw new MalformedException("Expected one reward for each epoch, got two that differ");
        }
    }

    private static Ngonka gnk(Entry entry) {
        BigDecimal gnk = entry.decimal("assigned_reward_gnk");
        try {
            return gnk == null
                    ? Ngonka.ZERO
                    : new Ngonka(gnk.movePointRight(GNK_TO_NGONKA).toBigIntegerExact());
        } catch (ArithmeticException e) {
            throw new MalformedException("Expected a reward in GNK with 9 decimals at most, got more");
        }
    }
}
