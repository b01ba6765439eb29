package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;

/**
 * Lets nothing begin to be published by a poller that may no longer own the tracker. How a poll went is told all the same:
 * it began under the lease and its record says when, and without one nobody would know whose its snapshots are.
 */
public final class LeasedPublisher implements PollPublisher {

    private final PollPublisher publisher;
    private final Lease lease;

    public LeasedPublisher(PollPublisher outlet, Lease lease) {
        this.publisher = outlet;
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
                    "This poller has lost touch with Kafka's coordinator, and another may own the tracker by now");
        }
        return publisher.startBatch();
    }

    @Override
    public void publishPoll(Poll poll) {
        publisher.publishPoll(poll);
    }
}
