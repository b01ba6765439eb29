package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;

/** Reacts to the trackers and commands that the consumer group assigns to this poller. */
public interface TrackerAssignmentListener {

    /**
     * Starts polling the tracker.
     *
     * @param initialBackfill whether the tracker needs an initial backfill, and where to record that it was sent
     */
    void onAssigned(TrackerName tracker, InitialBackfillState initialBackfill);

    /** Stops polling the tracker; returns when none of its tasks runs here any more. */
    void onRevoked(TrackerName tracker);

    /**
     * Handles a command for an assigned tracker.
     *
     * @param acknowledge called when Kafka need not redeliver the command
     */
    void onCommand(TrackerCommand command, Runnable acknowledge);

    /**
     * Whether a tracker still needs its initial backfill. Kafka stores it with the committed offset, so it survives
     * restarts and rebalances.
     */
    interface InitialBackfillState {

        boolean isPending();

        void markDone();
    }
}
