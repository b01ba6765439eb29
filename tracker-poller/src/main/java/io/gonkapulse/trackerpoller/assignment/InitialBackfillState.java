package io.gonkapulse.trackerpoller.assignment;

/** Whether a tracker was ever polled here; kept by Kafka, so that no move or restart forgets it. */
public interface InitialBackfillState {

    boolean isPending();

    void markDone();
}
