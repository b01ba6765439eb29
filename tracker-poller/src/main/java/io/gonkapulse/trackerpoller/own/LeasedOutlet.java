package io.gonkapulse.trackerpoller.own;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.telling.PollNotes;

/**
 * Lets nothing begin to be published by a poller that may no longer own the tracker. How a poll went is told all the same:
 * it began under the lease and its record says when, and without one nobody would know whose its snapshots are.
 */
public final class LeasedOutlet implements Outlet {

    private final Outlet outlet;
    private final Lease lease;

    public LeasedOutlet(Outlet outlet, Lease lease) {
        this.outlet = outlet;
        this.lease = lease;
    }

    @Override
    public void begins(PollNotes poll) {
        outlet.begins(poll);
    }

    @Override
    public Batch begin() {
        if (!lease.isHeld()) {
            throw new PublishFailedException(
                    "This poller has lost touch with Kafka's coordinator, and another may own the tracker by now");
        }
        return outlet.begin();
    }

    @Override
    public void tell(Poll poll) {
        outlet.tell(poll);
    }
}
