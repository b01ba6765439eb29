package io.gonkapulse.workercore.intake;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is applied.
 *
 * @param offset of the first record that is not applied yet
 * @param topicId which topic's records the offset counts; null where the broker gives topics no id
 */
record Position(long offset, @Nullable UUID topicId) {

    Position movedTo(long next) {
        return new Position(next, topicId);
    }
}
