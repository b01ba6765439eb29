package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.Ngonka;
import java.time.Duration;

/**
 * Everything that determines a simulated network. Equal plans give equal networks.
 *
 * @param epochReward the total reward of an epoch
 * @param trackerCacheTtl how long a tracker repeats a response before it refreshes
 * @param trackerAssemblyTime how long a tracker assembles a response: it reads the height first and the newest block
 * last
 * @param retainedBlocks how many past blocks a node can still query
 */
public record NetworkPlan(
        long seed,
        int participants,
        CalendarPlan calendar,
        BehaviourFrequencies behaviour,
        Ngonka epochReward,
        Duration trackerCacheTtl,
        Duration trackerAssemblyTime,
        int retainedBlocks) {

    public NetworkPlan {
        if (participants < 1) {
            throw new IllegalArgumentException("Expected at least 1 participant, got " + participants);
        }
        if (trackerCacheTtl.isNegative() || trackerCacheTtl.isZero()) {
            throw new IllegalArgumentException(
                    "Expected a positive time for the tracker's cache, got " + trackerCacheTtl);
        }
        if (trackerAssemblyTime.isNegative()) {
            throw new IllegalArgumentException(
                    "Expected a time of zero or more for the tracker's assembly, got " + trackerAssemblyTime);
        }
        if (epochReward.isNegative()) {
            throw new IllegalArgumentException("Expected a reward of zero or more, got " + epochReward);
        }
    }

    /** 500 participants with realistic behaviour on the main network's calendar. */
    public static NetworkPlan defaults() {
        return new NetworkPlan(
                1,
                500,
                CalendarPlan.mainnet(),
                BehaviourFrequencies.realistic(),
                Ngonka.of(323_000_000_000_000L),
                Duration.ofSeconds(20),
                Duration.ZERO,
                50_000);
    }

    public NetworkPlan seed(long value) {
        return new NetworkPlan(
                value,
                participants,
                calendar,
                behaviour,
                epochReward,
                trackerCacheTtl,
                trackerAssemblyTime,
                retainedBlocks);
    }

    public NetworkPlan participants(int value) {
        return new NetworkPlan(
                seed, value, calendar, behaviour, epochReward, trackerCacheTtl, trackerAssemblyTime, retainedBlocks);
    }

    public NetworkPlan calendar(CalendarPlan value) {
        return new NetworkPlan(
                seed,
                participants,
                value,
                behaviour,
                epochReward,
                trackerCacheTtl,
                trackerAssemblyTime,
                retainedBlocks);
    }

    public NetworkPlan behaviour(BehaviourFrequencies value) {
        return new NetworkPlan(
                seed, participants, calendar, value, epochReward, trackerCacheTtl, trackerAssemblyTime, retainedBlocks);
    }

    public NetworkPlan epochReward(Ngonka value) {
        return new NetworkPlan(
                seed, participants, calendar, behaviour, value, trackerCacheTtl, trackerAssemblyTime, retainedBlocks);
    }

    public NetworkPlan trackerAssemblyTime(Duration value) {
        return new NetworkPlan(
                seed, participants, calendar, behaviour, epochReward, trackerCacheTtl, value, retainedBlocks);
    }

    public NetworkPlan retainedBlocks(int value) {
        return new NetworkPlan(
                seed, participants, calendar, behaviour, epochReward, trackerCacheTtl, trackerAssemblyTime, value);
    }
}
