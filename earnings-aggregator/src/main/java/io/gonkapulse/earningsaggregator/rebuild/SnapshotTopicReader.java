package io.gonkapulse.earningsaggregator.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The records that history is made of. */
public interface SnapshotTopicReader {

    /** By partition, the first offset that is still kept; above zero, older records are gone. */
    Map<Integer, Long> beginningOffsets();

    /** By partition, the offset that the next record will have. */
    Map<Integer, Long> endOffsets();

    /** A time that the records before the first kept one cannot speak beyond; empty if no record is kept. */
    Optional<Instant> firstTimestamp(int partition);

    /** The id that Kafka gave the topic when it was made; empty where the broker gives none. */
    Optional<UUID> topicId();

    /** How Kafka removes old records, as {@code cleanup.policy} says it; empty where the broker does not. */
    Optional<String> cleanupPolicy();

    /**
     * What a reading came to.
     *
     * @param offsets that should hold a record: all but the ends of transactions
     * @param records that were read, or left out because they take too much memory
     */
    record ReadCounts(long offsets, long records) {

        static final ReadCounts NOTHING = new ReadCounts(0, 0);

        ReadCounts plus(ReadCounts other) {
            return new ReadCounts(offsets + other.offsets, records + other.records);
        }
    }

    /**
     * Reads every record from one offset up to, but without, another, on several threads.
     *
     * @param sinks makes one sink for each thread
     * @return what was there to be read, and how much of it was
     */
    ReadCounts read(Map<Integer, Long> from, Map<Integer, Long> to, Supplier<RecordSink> sinks);
}
