package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.monitoring.PollContext;

/** Publishes the results of polls. */
public interface PollPublisher {

    /** Called before the first snapshot of a poll. */
    default void onPollStarted(PollContext poll) {}

    /** Starts the snapshots of one poll. */
    PublishBatch startBatch();

    /** Publishes the record of a poll; call after its snapshots. */
    void publishPoll(Poll poll);

    /** The snapshots of one poll. */
    interface PublishBatch {

        /**
         * Sends one snapshot; blocks while the buffer is full.
         *
         * @throws PublishFailedException as soon as a snapshot is known to be lost
         */
        void add(Snapshot snapshot);

        /**
         * Returns when Kafka has stored all snapshots.
         *
         * @throws PublishFailedException if a snapshot is lost
         */
        void flush();
    }
}
