package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import io.gonkapulse.workercore.consumer.TopicMetadataReader.TopicMetadata;
import io.gonkapulse.workercore.replay.TopicReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The topic that a rebuild computes the history from. Reads it on several threads. */
public final class SnapshotTopicReader {

    /** The clocks of pollers, brokers and the chain may differ. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    private final Supplier<TopicReader> readers;
    private final Supplier<TopicMetadata> metadata;
    private final int threads;

    /**
     * @param settings consumer settings by Kafka's names
     * @param maxUncompressed most bytes that a compressed batch may expand to; the limit of the live consumer
     */
    public SnapshotTopicReader(Map<String, Object> settings, String topic, int threads, long maxUncompressed) {
        this(
                () -> TopicReader.openStrict(settings, topic, maxUncompressed),
                new TopicMetadataReader(settings, topic)::read,
                threads);
    }

    SnapshotTopicReader(Supplier<TopicReader> readers, Supplier<TopicMetadata> metadata, int threads) {
        this.readers = readers;
        this.metadata = metadata;
        this.threads = threads;
    }

    public TopicMetadata metadata() {
        return metadata.get();
    }

    public Map<Integer, Long> beginningOffsets() {
        return query(TopicReader::beginningOffsets);
    }

    public Map<Integer, Long> endOffsets() {
        return query(TopicReader::endOffsets);
    }

    private <T> T query(Function<TopicReader, T> query) {
        try (TopicReader reader = readers.get()) {
            return query.apply(reader);
        }
    }

    /**
     * First day for which the topic has every record. If the oldest records of a partition were deleted, they can have
     * been about any day up to the first record that remains, but about no later one. Returns null if a partition that
     * had records has none left.
     */
    @Nullable
    LocalDate firstCoveredDay() {
        try (TopicReader reader = readers.get()) {
            Map<Integer, Long> ends = reader.endOffsets();
            LocalDate first = LocalDate.EPOCH;
            for (Map.Entry<Integer, Long> beginning : reader.beginningOffsets().entrySet()) {
                if (beginning.getValue() > 0) {
                    reader.seek(
                            Map.ofEntries(beginning),
                            Map.of(beginning.getKey(), ends.getOrDefault(beginning.getKey(), 0L)));
                    if (!reader.next()) {
                        return null;
                    }
                    Instant oldest = snapshotTime(reader).plus(CLOCK_TOLERANCE);
                    LocalDate after =
                            LocalDate.ofInstant(oldest, ZoneOffset.UTC).plusDays(1);
                    first = after.isAfter(first) ? after : first;
                }
            }
            return first;
        }
    }

    /** A snapshot describes no time after it was fetched; without a readable one the append time has to do. */
    private static Instant snapshotTime(TopicReader record) {
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        try {
            Instant fetched =
                    new SnapshotCodec().decode(bytes(record.value())).origin().fetchedAt();
            return fetched.isAfter(appended) ? fetched : appended;
        } catch (UndecodableMessageException e) {
            return appended;
        }
    }

    private static byte[] bytes(@Nullable ByteBuffer value) {
        byte[] bytes = new byte[value == null ? 0 : value.remaining()];
        if (value != null) {
            value.duplicate().get(bytes);
        }
        return bytes;
    }

    /**
     * Reads every record between the offsets (end exclusive) on several threads.
     *
     * @param work reads what its reader has; called once by each thread
     */
    TopicReader.ReadProgress read(Map<Integer, Long> from, Map<Integer, Long> to, Consumer<TopicReader> work) {
        Executor thread = task -> new Thread(task, "replay").start();
        List<CompletableFuture<TopicReader.ReadProgress>> reads = assignPartitions(from, to).stream()
                .map(ends -> CompletableFuture.supplyAsync(() -> readPartitions(from, ends, work), thread))
                .toList();
        try {
            CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new)).join();
            return reads.stream()
                    .map(CompletableFuture::join)
                    .reduce(TopicReader.ReadProgress.NOTHING, TopicReader.ReadProgress::plus);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Distributes the partitions with unread records over the threads. */
    private List<Map<Integer, Long>> assignPartitions(Map<Integer, Long> from, Map<Integer, Long> to) {
        List<Map<Integer, Long>> assignments = new ArrayList<>();
        int assigned = 0;
        for (Map.Entry<Integer, Long> end : to.entrySet()) {
            if (from.getOrDefault(end.getKey(), 0L) < end.getValue()) {
                if (assigned < threads) {
                    assignments.add(new HashMap<>());
                }
                assignments.get(assigned++ % threads).put(end.getKey(), end.getValue());
            }
        }
        return assignments;
    }

    private TopicReader.ReadProgress readPartitions(
            Map<Integer, Long> from, Map<Integer, Long> ends, Consumer<TopicReader> work) {
        try (TopicReader reader = readers.get()) {
            reader.seek(from, ends);
            work.accept(reader);
            return reader.progress();
        }
    }
}
