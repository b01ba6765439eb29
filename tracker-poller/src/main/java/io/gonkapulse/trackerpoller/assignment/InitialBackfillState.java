package io.gonkapulse.trackerpoller.assignment;

/**
 * Whether a tracker still needs its initial backfill. Kafka stores it with the committed offset, so it survives
 * restarts and rebalances.
 */
public interface InitialBackfillState {

    boolean isPending();

    void markDone();
}
