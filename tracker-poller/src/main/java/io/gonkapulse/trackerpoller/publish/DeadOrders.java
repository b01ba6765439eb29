package io.gonkapulse.trackerpoller.publish;

import io.gonkapulse.contracts.Topic;
import org.jspecify.annotations.Nullable;

/** Where orders go that cannot be read. */
public interface DeadOrders {

    /** The group whose orders they are. */
    String GROUP = "tracker-poller";

    Topic TOPIC = Topic.COMMANDS.deadLettersOf(GROUP);

    /**
     * Sets an order aside.
     *
     * @param place topic, partition and offset
     * @param reason why it could not be read
     */
    void setAside(Place place, byte @Nullable [] key, byte @Nullable [] value, String reason);

    /** Where a record stands. */
    record Place(String topic, int partition, long offset) {}
}
