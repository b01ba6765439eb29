package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.TrackerName;
import java.time.Duration;

/**
 * The schedule of one tracker and how far back it is polled.
 *
 * @param interval between two polls of the running epoch
 * @param live whether the running epoch is published; off for a tracker that serves settlements and old epochs only
 * @param pollDeadline the time after which a poll stops fetching of the running epoch
 * @param staleAfter the age from which on a response counts as stale
 * @param settledEpochs for how many past epochs settlements are requested
 * @param settlementInterval between two requests for the same unclaimed rewards
 * @param hardwareInterval between two requests for the hardware of one node
 * @param initialBackfillEpochs how many epochs are fetched when the tracker is polled for the first time
 * @param parallelRequests how many nodes are requested at the same time
 */
public record PollingSettings(
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
