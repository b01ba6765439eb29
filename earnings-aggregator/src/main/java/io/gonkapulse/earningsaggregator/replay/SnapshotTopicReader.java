package io.gonkapulse.earningsaggregator.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads the topic that a rebuild computes the history from. */
public interface SnapshotTopicReader {

    /** First retained offset by partition; above zero, older records were deleted. */
    Map<Integer, Long> beginningOffsets();

    /** Offset of the next record by partition. */
    Map<Integer, Long> endOffsets();

    /** A time that no record before the first retained one can be about; empty if the partition has no records. */
    Optional<Instant> firstTimestamp(int partition);

    /** The id that Kafka gave the topic when it was created; empty if the broker provides none. */
    Optional<UUID> topicId();

    /** The {@code cleanup.policy} of the topic; empty if the broker does not report it. */
    Optional<String> cleanupPolicy();

    /**
     * What a read covered.
     *
     * @param offsets offsets that should hold a record: all but transaction markers
     * @param records records that were delivered, or skipped because their batch is oversized
     */
    record ReadCounts(long offsets, long records) {

        public static final ReadCounts NOTHING = new ReadCounts(0, 0);

        public ReadCounts plus(ReadCounts other) {
            return new ReadCounts(offsets + other.offsets, records + other.records);
        }
    }

    /**
     * Reads every record between the offsets (end exclusive) on several threads.
     *
     * @param sinks creates one sink for each thread
     */
    ReadCounts read(Map<Integer, Long> from, Map<Integer, Long> to, Supplier<RecordSink> sinks);
}
