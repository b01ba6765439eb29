package io.gonkapulse.trackerpoller.own;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;

/** Whoever polls the trackers that are given to this poller. */
public interface Owner {

    /**
     * From now on the tracker is ours.
     *
     * @param meeting told when a tracker that is met for the first time has been taken care of
     */
    void take(TrackerName tracker, FirstMeeting meeting);

    /** From now on it is somebody else's: returns when nothing of it runs here any more. */
    void give(TrackerName tracker);

    /**
     * An order for a tracker of ours.
     *
     * @param done to be called when it need not be received again
     */
    void order(TrackerCommand command, Runnable done);
}
