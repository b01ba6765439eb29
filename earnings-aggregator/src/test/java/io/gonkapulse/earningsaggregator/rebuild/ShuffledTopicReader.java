package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.replay.RecordSink;
import io.gonkapulse.earningsaggregator.replay.SnapshotTopicReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Shuffled records with duplicates, distributed over partitions regardless of their node. */
final class ShuffledTopicReader implements SnapshotTopicReader {

    private final List<List<byte[]>> partitions = new ArrayList<>();

    ShuffledTopicReader(EarningsScenario scenario, Random random) {
        this(encoded(scenario.snapshots()), random);
    }

    ShuffledTopicReader(List<byte[]> records, Random random) {
        int count = 1 + random.nextInt(6);
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new ArrayList<>());
        }
        List<byte[]> dealt = new ArrayList<>(records);
        records.stream().filter(record -> random.nextInt(5) == 0).forEach(dealt::add);
        Collections.shuffle(dealt, random);
        dealt.forEach(record -> partitions.get(random.nextInt(count)).add(record));
    }

    static List<byte[]> encoded(List<? extends Snapshot> snapshots) {
        SnapshotCodec codec = new SnapshotCodec();
        return snapshots.stream().map(codec::encode).toList();
    }

    /** All records with duplicates. */
    List<byte[]> allRecords() {
        return partitions.stream().flatMap(List::stream).toList();
    }

    int records() {
        return partitions.stream().mapToInt(List::size).sum();
    }

    /** Records from an offset on, up to a limit. */
    List<byte[]> records(int partition, long from, int most) {
        List<byte[]> all = partitions.get(partition);
        return all.subList((int) from, (int) Math.min(all.size(), from + most));
    }

    @Override
    public Map<Integer, Long> beginningOffsets() {
        Map<Integer, Long> beginning = endOffsets();
        beginning.replaceAll((partition, end) -> 0L);
        return beginning;
    }

    @Override
    public Map<Integer, Long> endOffsets() {
        Map<Integer, Long> end = new HashMap<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            end.put(partition, (long) partitions.get(partition).size());
        }
        return end;
    }

    @Override
    public Optional<Instant> firstTimestamp(int partition) {
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public Optional<UUID> topicId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> cleanupPolicy() {
        return Optional.of("delete");
    }

    @Override
    public ReadCounts read(Map<Integer, Long> from, Map<Integer, Long> to, Supplier<RecordSink> sinks) {
        long[] read = new long[1];
        to.forEach((partition, end) -> {
            read[0] += end - from.getOrDefault(partition, 0L);
            try (RecordSink sink = sinks.get()) {
                long begin = from.getOrDefault(partition, 0L);
                records(partition, begin, (int) (end - begin))
                        .forEach(record -> sink.accept(ByteBuffer.wrap(record), Long.MAX_VALUE));
            }
        });
        return new ReadCounts(read[0], read[0]);
    }
}
