package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.monitoring.PollContext;

/** Where the results of polls go. */
public interface PollPublisher {

    /** Hears of each poll before its first snapshot. */
    default void onPollStarted(PollContext poll) {}

    /** For the snapshots of one poll. */
    PublishBatch startBatch();

    /** Says how a poll went; comes after its snapshots. */
    void publishPoll(Poll poll);

    /** Snapshots on their way. */
    interface PublishBatch {

        /**
         * Hands over one more; waits when too many are under way.
         *
         * @throws PublishFailedException as soon as one is known to be lost
         */
        void add(Snapshot snapshot);

        /**
         * Returns when all of them are safe.
         *
         * @throws PublishFailedException if one is not
         */
        void flush();
    }
}
