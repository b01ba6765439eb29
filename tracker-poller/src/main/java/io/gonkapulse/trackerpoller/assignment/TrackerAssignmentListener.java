package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;

/** Whoever polls the trackers that are given to this poller. */
public interface TrackerAssignmentListener {

    /**
     * From now on the tracker is ours.
     *
     * @param initialBackfill told when a tracker that is met for the first time has been taken care of
     */
    void onAssigned(TrackerName tracker, InitialBackfillState initialBackfill);

    /** From now on it is somebody else's: returns when nothing of it runs here any more. */
    void onRevoked(TrackerName tracker);

    /**
     * An order for a tracker of ours.
     *
     * @param acknowledge to be called when it need not be received again
     */
    void onCommand(TrackerCommand command, Runnable acknowledge);
}
