package io.gonkapulse.workercore.consumer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is applied.
 *
 * @param offset of the first record that is not applied yet
 * @param topicId identifies the topic that the offset belongs to; null if the broker has no topic
 *      ids
 */
record ConsumerOffset(long offset, @Nullable UUID topicId) {

    ConsumerOffset withOffset(long next) {
        return new ConsumerOffset(next, topicId);
    }
}
