package io.gonkapulse.earningsaggregator.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The records that history is made of. */
public interface SnapshotTopic {

    /** By partition, the first offset that is still kept; above zero, older records are gone. */
    Map<Integer, Long> beginning();

    /** By partition, the offset that the next record will have. */
    Map<Integer, Long> end();

    /** A time that the records before the first kept one cannot speak beyond; empty if no record is kept. */
    Optional<Instant> firstMoment(int partition);

    /**
     * Reads every record from one offset up to, but without, another, on several threads.
     *
     * @param sinks makes one sink for each thread
     */
    void read(Map<Integer, Long> from, Map<Integer, Long> to, Supplier<RecordSink> sinks);
}
