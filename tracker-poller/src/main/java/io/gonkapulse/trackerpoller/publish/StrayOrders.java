package io.gonkapulse.trackerpoller.publish;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import org.jspecify.annotations.Nullable;

/** Where orders go with which the poller that received them can do nothing. */
public interface StrayOrders {

    /** The group whose orders they are. */
    String GROUP = "tracker-poller";

    Topic TOPIC = Topic.COMMANDS.deadLettersOf(GROUP);

    /**
     * Sets an order aside that cannot be read.
     *
     * @param place topic, partition and offset
     * @param reason why it could not be read
     */
    void setAside(Place place, byte @Nullable [] key, byte @Nullable [] value, String reason);

    /** Sends an order on to the partition in which its tracker lies now; returns when it is safe there. */
    void sendOn(TrackerCommand order, int partition);

    /** Where a record stands. */
    record Place(String topic, int partition, long offset) {}
}
