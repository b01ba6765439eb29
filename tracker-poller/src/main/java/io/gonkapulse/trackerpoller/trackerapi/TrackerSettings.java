package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.TrackerName;
import java.time.Duration;

/**
 * When and how far a tracker is asked; how its addresses are reached is said elsewhere.
 *
 * @param interval between two polls of the running epoch
 * @param live whether snapshots of the running epoch are published; without it the tracker serves rewards and old epochs
 * @param pollDeadline after which a poll of the running epoch is given up
 * @param staleAfter the age from which on an answer is called stale
 * @param settledEpochs how many epochs back rewards are asked for
 * @param settlementInterval between two questions about the same unclaimed rewards
 * @param hardwareInterval between two questions about the hardware of one node
 * @param initialBackfillEpochs how many epochs are fetched when a tracker is met for the first time
 * @param parallelRequests how many nodes are asked about at a time
 */
public record TrackerSettings(
        TrackerName name,
        String kind,
        Duration interval,
        boolean live,
        Duration pollDeadline,
        Duration staleAfter,
        int settledEpochs,
        Duration settlementInterval,
        Duration hardwareInterval,
        int initialBackfillEpochs,
        int parallelRequests) {}
