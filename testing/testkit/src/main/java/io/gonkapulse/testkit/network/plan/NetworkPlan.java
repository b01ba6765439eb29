package io.gonkapulse.testkit.network.plan;

import io.gonkapulse.contracts.Ngonka;
import java.time.Duration;

/**
 * All that determines a simulated network: two of the same plan are the same network.
 *
 * @param epochReward what one epoch pays to all together
 * @param trackerCache how long a tracker repeats an answer before it looks at the chain again
 * @param trackerAssembly how long a tracker takes to put an answer together: it reads the height first, the newest block last
 * @param keptBlocks how far back a node still answers questions about a height
 */
public record NetworkPlan(
        long seed,
        int participants,
        CalendarPlan calendar,
        BehaviourShares shares,
        Ngonka epochReward,
        Duration trackerCache,
        Duration trackerAssembly,
        int keptBlocks) {

    public NetworkPlan {
        if (participants < 1) {
            throw new IllegalArgumentException("Expected at least 1 participant, got " + participants);
        }
        if (trackerCache.isNegative() || trackerCache.isZero()) {
            throw new IllegalArgumentException("Expected a positive time for the tracker's cache, got " + trackerCache);
        }
        if (trackerAssembly.isNegative()) {
            throw new IllegalArgumentException(
                    "Expected a time of zero or more for the tracker's assembly, got " + trackerAssembly);
        }
        if (epochReward.isNegative()) {
            throw new IllegalArgumentException("Expected a reward of zero or more, got " + epochReward);
        }
    }

    public static NetworkPlan defaults() {
        return new NetworkPlan(
                1,
                500,
                CalendarPlan.mainnet(),
                BehaviourShares.lively(),
                Ngonka.of(323_000_000_000_000L),
                Duration.ofSeconds(20),
                Duration.ZERO,
                50_000);
    }

    public NetworkPlan seed(long value) {
        return new NetworkPlan(
                value, participants, calendar, shares, epochReward, trackerCache, trackerAssembly, keptBlocks);
    }

    public NetworkPlan participants(int value) {
        return new NetworkPlan(seed, value, calendar, shares, epochReward, trackerCache, trackerAssembly, keptBlocks);
    }

    public NetworkPlan calendar(CalendarPlan value) {
        return new NetworkPlan(
                seed, participants, value, shares, epochReward, trackerCache, trackerAssembly, keptBlocks);
    }

    public NetworkPlan shares(BehaviourShares value) {
        return new NetworkPlan(
                seed, participants, calendar, value, epochReward, trackerCache, trackerAssembly, keptBlocks);
    }

    public NetworkPlan epochReward(Ngonka value) {
        return new NetworkPlan(seed, participants, calendar, shares, value, trackerCache, trackerAssembly, keptBlocks);
    }

    public NetworkPlan trackerCache(Duration value) {
        return new NetworkPlan(seed, participants, calendar, shares, epochReward, value, trackerAssembly, keptBlocks);
    }

    public NetworkPlan trackerAssembly(Duration value) {
        return new NetworkPlan(seed, participants, calendar, shares, epochReward, trackerCache, value, keptBlocks);
    }

    public NetworkPlan keptBlocks(int value) {
        return new NetworkPlan(seed, participants, calendar, shares, epochReward, trackerCache, trackerAssembly, value);
    }
}
