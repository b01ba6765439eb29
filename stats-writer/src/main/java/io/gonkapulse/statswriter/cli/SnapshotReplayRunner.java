package io.gonkapulse.statswriter.cli;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import io.gonkapulse.workercore.replay.TopicReader;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads snapshots into the tables again, beside the live consumers and without touching their positions. What is there
 * already stays; what is missing comes back. Records that cannot be used were set aside by the live consumers.
 */
public final class SnapshotReplayRunner {

    private final TopicReader topicReader;
    private final ReplayBatchProcessor<?> processor;

    public SnapshotReplayRunner(TopicReader topicReader, ReplayBatchProcessor<?> processor) {
        this.topicReader = topicReader;
        this.processor = processor;
    }

    /**
     * What came of it.
     *
     * @param stored newer than what was there
     * @param invalid passed over
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
