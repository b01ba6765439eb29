package io.gonkapulse.trackerpoller.publish;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.telling.PollNotes;

/** Where the results of polls go. */
public interface Outlet {

    /** Hears of each poll before its first snapshot. */
    default void begins(PollNotes poll) {}

    /** For the snapshots of one poll. */
    Batch begin();

    /** Says how a poll went; comes after its snapshots. */
    void tell(Poll poll);

    /** Snapshots on their way. */
    interface Batch {

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
        void finish();
    }
}
