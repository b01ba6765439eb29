package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.contracts.Topic;
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

/** Two consumers that read the backlog and parse every field of it, and do nothing with it. */
final class ParseOnly {

    private static final int CONSUMERS = 2;

    private final String bootstrapServers;
    private static final Executor A_THREAD_EACH = work -> new Thread(work, "parse-only").start();

    private final boolean parse;
    private final JsonFactory json = new JsonFactory();
    private final LongAdder lengths = new LongAdder();

    ParseOnly(String bootstrapServers, boolean parse) {
        this.bootstrapServers = bootstrapServers;
        this.parse = parse;
    }

    /** Records per second. */
    double run(int records) {
        long begin = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, CONSUMERS)
                        .mapToObj(number -> CompletableFuture.runAsync(() -> consume(number), A_THREAD_EACH))
                        .toArray(CompletableFuture[]::new))
                .join();
        return records * 1e9 / (System.nanoTime() - begin);
    }

    private void consume(int number) {
        List<TopicPartition> mine = IntStream.range(0, Topic.SNAPSHOTS.partitions())
                .filter(partition -> partition % CONSUMERS == number)
                .mapToObj(partition -> new TopicPartition(Topic.SNAPSHOTS.name(), partition))
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
            consumer.assign(mine);
            consumer.seekToBeginning(mine);
            long left = consumer.endOffsets(mine).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    left--;
                    lengths.add(parse ? parse(record.value()) : record.value().length);
                }
            }
        }
    }

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
