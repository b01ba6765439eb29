package io.gonkapulse.jobrecorder.merge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times at which the broker appended the records of one partition in a batch. A long gap between two of them is an
 * outage in which nobody could report. Not thread-safe.
 */
final class PartitionTimes {

    /** The recorder appends a tick to a partition that is silent for a third of this. */
    static final Duration MIN_GAP = Duration.ofSeconds(30);

    private final int partition;
    private final Instant first;
    private Instant newest;
    private @Nullable Instant gapEnd;

    PartitionTimes(int partition, Instant first) {
        this.partition = partition;
        this.first = first;
        this.newest = first;
    }

    void add(Instant recordTime) {
        if (recordTime.isAfter(newest.plus(MIN_GAP))) {
            gapEnd = recordTime;
        }
        newest = recordTime.isAfter(newest) ? recordTime : newest;
    }

    int partition() {
        return partition;
    }

    Instant first() {
        return first;
    }

    Instant newest() {
        return newest;
    }

    /** The end of the last gap, null without one. */
    @Nullable
    Instant gapEnd() {
        return gapEnd;
    }
}
