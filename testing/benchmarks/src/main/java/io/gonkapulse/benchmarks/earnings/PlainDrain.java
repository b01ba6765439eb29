package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.contracts.Topic;
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

/** The limit: consumers with large polls that take every record of the topic, and do nothing with it. */
final class PlainDrain {

    private final String bootstrapServers;
    private final int threads;

    PlainDrain(String bootstrapServers, int threads) {
        this.bootstrapServers = bootstrapServers;
        this.threads = threads;
    }

    /** Refuses to have seen another number of records. */
    long run(long records) throws InterruptedException {
        AtomicLong seen = new AtomicLong();
        List<Thread> drains = IntStream.range(0, threads)
                .mapToObj(share -> new Thread(() -> seen.addAndGet(drain(share)), "drain"))
                .toList();
        drains.forEach(Thread::start);
        for (Thread drain : drains) {
            drain.join();
        }
        if (seen.get() != records) {
            throw new IllegalStateException("Expected " + records + " records, got " + seen);
        }
        return seen.get();
    }

    private long drain(int share) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> mine = new ArrayList<>();
            for (int partition = share; partition < Topic.SNAPSHOTS.partitions(); partition += threads) {
                mine.add(new TopicPartition(Topic.SNAPSHOTS.name(), partition));
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(mine);
            consumer.assign(mine);
            consumer.seekToBeginning(mine);
            Set<TopicPartition> open = new HashSet<>(mine);
            long records = 0;
            long bytes = 0;
            while (!open.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    records++;
                    bytes += record.value().length;
                }
                open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            }
            if (bytes == 0) {
                throw new IllegalStateException("Expected records, got none");
            }
            return records;
        }
    }
}
