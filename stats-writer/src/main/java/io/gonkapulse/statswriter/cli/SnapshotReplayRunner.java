package io.gonkapulse.statswriter.cli;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import io.gonkapulse.workercore.replay.TopicReader;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies snapshots again next to the live consumers, without changing their offsets. Newer rows
 * stay, missing ones return. Invalid records are skipped, because the live consumers have
 * dead-lettered them.
 */
public final class SnapshotReplayRunner {

    private final TopicReader topicReader;
    private final ReplayBatchProcessor<?> processor;

    public SnapshotReplayRunner(TopicReader topicReader, ReplayBatchProcessor<?> processor) {
        this.topicReader = topicReader;
        this.processor = processor;
    }

    /**
     * Result of a replay.
     *
     * @param stored newer than the stored row
     * @param invalid skipped
     */
    public record SnapshotReplayReport(long read, long stored, long invalid) {}

    public SnapshotReplayReport run(Optional<Instant> from, Consumer<TopicReader.ReplayProgress> progress) {
        long[] counts = new long[2];
        TopicReader.ReplayProgress end = topicReader.read(
                KafkaTopic.SNAPSHOTS.name(),
                from,
                batch -> {
                    ReplayBatchProcessor.ReplayBatchResult outcome = processor.apply(batch);
                    counts[0] += outcome.stored();
                    counts[1] += outcome.invalid();
                },
                progress);
        return new SnapshotReplayReport(end.read(), counts[0], counts[1]);
    }
}
