package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import io.gonkapulse.workercore.replay.TopicReader;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Applies snapshots again next to the live consumers, without changing their offsets. Newer rows
 * stay, missing ones return. Invalid records are skipped, because the live consumers have
 * dead-lettered them.
 */
public final class SnapshotReplayRunner {

    private final Supplier<TopicReader> readers;
    private final ReplayBatchProcessor<?> processor;

    public SnapshotReplayRunner(Supplier<TopicReader> readers, ReplayBatchProcessor<?> processor) {
        this.readers = readers;
        this.processor = processor;
    }

    /**
     * Result of a replay.
     *
     * @param stored newer than the stored row
     * @param invalid skipped
     */
    public record SnapshotReplayReport(long read, long stored, long invalid) {}

    /** Reads from the given time, or from the first record, to the end offsets at the start. */
    public SnapshotReplayReport run(Optional<Instant> from, Consumer<TopicReader.ReadProgress> progress) {
        long stored = 0;
        long invalid = 0;
        try (TopicReader reader = readers.get()) {
            reader.seek(from.map(reader::offsetsSince).orElseGet(reader::beginningOffsets), reader.endOffsets());
            for (ConsumerBatch batch = reader.nextBatch(); !batch.isEmpty(); batch = reader.nextBatch()) {
                ReplayBatchProcessor.ReplayBatchResult result = processor.apply(batch);
                stored += result.stored();
                invalid += result.invalid();
                progress.accept(reader.progress());
            }
            return new SnapshotReplayReport(reader.progress().read(), stored, invalid);
        }
    }
}
