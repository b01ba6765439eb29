package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The limit: two consumers that read the backlog, parse every field and discard it. */
final class ParseOnlyConsumer {

    private static final int CONSUMERS = 2;

    private final String bootstrapServers;
    private static final Executor THREAD_PER_TASK = work -> new Thread(work, "parse-only").start();

    private final boolean parse;
    private final JsonFactory json = new JsonFactory();
    private final LongAdder lengths = new LongAdder();

    ParseOnlyConsumer(String bootstrapServers, boolean parse) {
        this.bootstrapServers = bootstrapServers;
        this.parse = parse;
    }

    /** Returns records per second. */
    double run(int records) {
        long begin = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, CONSUMERS)
                        .mapToObj(number -> CompletableFuture.runAsync(() -> consume(number), THREAD_PER_TASK))
                        .toArray(CompletableFuture[]::new))
                .join();
        return records * 1e9 / (System.nanoTime() - begin);
    }

    /** Partitions are assigned statically, so no group has to form. */
    private void consume(int number) {
        List<TopicPartition> assigned = IntStream.range(0, KafkaTopic.SNAPSHOTS.partitions())
                .filter(partition -> partition % CONSUMERS == number)
                .mapToObj(partition -> new TopicPartition(KafkaTopic.SNAPSHOTS.name(), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.poll.records",
                        100_000,
                        "max.partition.fetch.bytes",
                        4 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            long remaining = consumer.endOffsets(assigned).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (remaining > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    remaining--;
                    lengths.add(parse ? parse(record.value()) : record.value().length);
                }
            }
        }
    }

    /** Converts every value, so that the limit includes the work that no reader can avoid. */
    private int parse(byte[] value) {
        int length = 0;
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), value)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    length += (int) parser.getLongValue();
                } else if (token == JsonToken.VALUE_STRING) {
                    length += parser.getString().length();
                }
            }
        }
        return length;
    }
}
