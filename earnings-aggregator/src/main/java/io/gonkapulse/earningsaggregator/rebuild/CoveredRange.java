package io.gonkapulse.earningsaggregator.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From which day on the topic says everything. If the oldest records of a partition are gone, they can have spoken of any
 * day up to the first record that is left, and of no later one.
 */
final class CoveredRange {

    /** The clocks of pollers, brokers and chain need not agree. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    private final SnapshotTopicReader topic;

    CoveredRange(SnapshotTopicReader topic) {
        this.topic = topic;
    }

    /** Null if a partition has lost everything. */
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
