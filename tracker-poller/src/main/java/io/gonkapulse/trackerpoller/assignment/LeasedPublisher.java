package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;

/**
 * Rejects new batches while the lease is not held, because another poller may poll the tracker. The record of the poll
 * is published anyway: the poll began under the lease, and consumers need to know which poll its snapshots belong to.
 */
public final class LeasedPublisher implements PollPublisher {

    private final PollPublisher publisher;
    private final Lease lease;

    public LeasedPublisher(PollPublisher publisher, Lease lease) {
        this.publisher = publisher;
        this.lease = lease;
    }

    @Override
    public void onPollStarted(PollContext poll) {
        publisher.onPollStarted(poll);
    }

    @Override
    public PublishBatch startBatch() {
        if (!lease.isHeld()) {
            throw new PublishFailedException(
                    "The lease expired without a response of Kafka's coordinator; another poller may poll the tracker by now");
        }
        return publisher.startBatch();
    }

    @Override
    public void publishPoll(Poll poll) {
        publisher.publishPoll(poll);
    }
}
