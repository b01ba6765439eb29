package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import org.jspecify.annotations.Nullable;

/** Handles commands that the receiving poller cannot process. */
public interface UndeliverableCommandHandler {

    /** The consumer group of the pollers. */
    String GROUP = "tracker-poller";

    KafkaTopic TOPIC = KafkaTopic.COMMANDS.deadLetterTopic(GROUP);

    /**
     * Dead-letters an unreadable command.
     *
     * @param position topic, partition and offset
     * @param reason why it is unreadable
     */
    void deadLetter(CommandPosition position, byte @Nullable [] key, byte @Nullable [] value, String reason);

    /** Forwards a command to the current partition of its tracker; returns when Kafka has stored it. */
    void forward(TrackerCommand command, int partition);

    /** The position of a record. */
    record CommandPosition(String topic, int partition, long offset) {}
}
