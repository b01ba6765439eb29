package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The limit: consumers with large polls that read every record of the topic and discard it. */
final class PlainTopicReader {

    private final String bootstrapServers;
    private final int threads;

    PlainTopicReader(String bootstrapServers, int threads) {
        this.bootstrapServers = bootstrapServers;
        this.threads = threads;
    }

    /** Fails if the number of records differs. */
    long run(long records) throws InterruptedException {
        AtomicLong read = new AtomicLong();
        List<Thread> readers = IntStream.range(0, threads)
                .mapToObj(share -> new Thread(() -> read.addAndGet(drain(share)), "drain"))
                .toList();
        readers.forEach(Thread::start);
        for (Thread drain : readers) {
            drain.join();
        }
        if (read.get() != records) {
            throw new IllegalStateException("Expected " + records + " records, got " + read);
        }
        return read.get();
    }

    /** Assigns partitions statically: a consumer group would add seconds of rebalancing. */
    private long drain(int index) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> assigned = new ArrayList<>();
            for (int partition = index; partition < KafkaTopic.SNAPSHOTS.partitions(); partition += threads) {
                assigned.add(new TopicPartition(KafkaTopic.SNAPSHOTS.name(), partition));
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Set<TopicPartition> unfinished = new HashSet<>(assigned);
            long records = 0;
            long bytes = 0;
            while (!unfinished.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    records++;
                    bytes += record.value().length;
                }
                unfinished.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            }
            if (bytes == 0) {
                throw new IllegalStateException("Expected records, got none");
            }
            return records;
        }
    }
}
