package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.workercore.consumer.TopicMetadataReader.TopicMetadata;
import io.gonkapulse.workercore.replay.TopicReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Shuffled records with duplicates, distributed over partitions regardless of their node. */
final class ShuffledTopic {

    private static final String TOPIC = "tracker.snapshots";

    private final List<List<byte[]>> partitions = new ArrayList<>();

    ShuffledTopic(EarningsScenario scenario, Random random) {
        this(encoded(scenario.snapshots()), random);
    }

    ShuffledTopic(List<byte[]> records, Random random) {
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

    Map<Integer, Long> beginningOffsets() {
        Map<Integer, Long> beginning = endOffsets();
        beginning.replaceAll((partition, end) -> 0L);
        return beginning;
    }

    Map<Integer, Long> endOffsets() {
        Map<Integer, Long> end = new HashMap<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            end.put(partition, (long) partitions.get(partition).size());
        }
        return end;
    }

    /** Reads through the consumer of Kafka's own tests, without a broker. */
    SnapshotTopicReader reader() {
        return new SnapshotTopicReader(
                () -> new TopicReader(createConsumer(), TOPIC),
                () -> new TopicMetadata(Optional.empty(), Optional.of("delete")),
                2);
    }

    private MockConsumer<ByteBuffer, ByteBuffer> createConsumer() {
        MockConsumer<ByteBuffer, ByteBuffer> consumer = new MockConsumer<>("none");
        Node node = new Node(0, "localhost", 0);
        consumer.updatePartitions(
                TOPIC,
                endOffsets().keySet().stream()
                        .map(partition ->
                                new PartitionInfo(TOPIC, partition, node, new Node[] {node}, new Node[] {node}))
                        .toList());
        consumer.updateBeginningOffsets(byPartition(beginningOffsets()));
        consumer.updateEndOffsets(byPartition(endOffsets()));
        consumer.schedulePollTask(() -> consumer.assignment().forEach(partition -> addRecords(consumer, partition)));
        return consumer;
    }

    private static Map<TopicPartition, Long> byPartition(Map<Integer, Long> offsets) {
        Map<TopicPartition, Long> byPartition = new HashMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(new TopicPartition(TOPIC, partition), offset));
        return byPartition;
    }

    private void addRecords(MockConsumer<ByteBuffer, ByteBuffer> consumer, TopicPartition partition) {
        List<byte[]> records = partitions.get(partition.partition());
        for (int offset = 0; offset < records.size(); offset++) {
            consumer.addRecord(new ConsumerRecord<>(
                    TOPIC,
                    partition.partition(),
                    offset,
                    Long.MAX_VALUE,
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    null,
                    ByteBuffer.wrap(records.get(offset)),
                    new RecordHeaders(),
                    Optional.empty()));
        }
    }
}
