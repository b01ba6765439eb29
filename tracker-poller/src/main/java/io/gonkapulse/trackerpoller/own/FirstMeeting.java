package io.gonkapulse.trackerpoller.own;

/** Whether a tracker was ever polled here; kept by Kafka, so that no move or restart forgets it. */
public interface FirstMeeting {

    boolean isDue();

    void done();
}
