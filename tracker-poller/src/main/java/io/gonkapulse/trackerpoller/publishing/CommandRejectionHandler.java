package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import org.jspecify.annotations.Nullable;

/** Where orders go with which the poller that received them can do nothing. */
public interface CommandRejectionHandler {

    /** The group whose orders they are. */
    String GROUP = "tracker-poller";

    KafkaTopic TOPIC = KafkaTopic.COMMANDS.deadLetterTopic(GROUP);

    /**
     * Sets an order aside that cannot be read.
     *
     * @param position topic, partition and offset
     * @param reason why it could not be read
     */
    void deadLetter(CommandPosition position, byte @Nullable [] key, byte @Nullable [] value, String reason);

    /** Sends an order on to the partition in which its tracker lies now; returns when it is safe there. */
    void forward(TrackerCommand command, int partition);

    /** Where a record stands. */
    record CommandPosition(String topic, int partition, long offset) {}
}
