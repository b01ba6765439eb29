package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.replay.SnapshotTopicReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days for which the topic has every record. If the oldest records of a partition were deleted, they can have
 * been about any day up to the first record that remains, but about no later one.
 */
final class CoveredRange {

    /** The clocks of pollers, brokers and the chain may differ. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    private final SnapshotTopicReader topic;

    CoveredRange(SnapshotTopicReader topic) {
        this.topic = topic;
    }

    /** Returns null if a partition that had records has none left. */
    @Nullable
    LocalDate firstDay() {
        LocalDate first = LocalDate.EPOCH;
        for (Map.Entry<Integer, Long> partition : topic.beginningOffsets().entrySet()) {
            if (partition.getValue() > 0) {
                Instant oldest = topic.firstTimestamp(partition.getKey()).orElse(null);
                if (oldest == null) {
                    return null;
                }
                LocalDate after = LocalDate.ofInstant(oldest.plus(CLOCK_TOLERANCE), ZoneOffset.UTC)
                        .plusDays(1);
                first = after.isAfter(first) ? after : first;
            }
        }
        return first;
    }
}
