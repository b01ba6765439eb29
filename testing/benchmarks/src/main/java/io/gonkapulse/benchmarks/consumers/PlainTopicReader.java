package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.util.HashMap;
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

/** The limit: two consumers that read every record of a topic, parse it if wanted, and discard it. */
final class PlainTopicReader {

    private static final int CONSUMERS = 2;
    private static final Executor THREAD_PER_TASK = work -> new Thread(work, "plain-reader").start();

    private final KafkaTopic topic;
    private final Map<String, Object> settings;
    private final boolean parse;
    private final JsonFactory json = new JsonFactory();
    private final LongAdder records = new LongAdder();
    /** Depends on every parsed value. Otherwise the JIT compiler could remove the parsing. */
    private final LongAdder lengths = new LongAdder();

    /** @param settings settings of the consumers, for example for large polls */
    PlainTopicReader(KafkaTopic topic, String bootstrapServers, boolean parse, Map<String, Object> settings) {
        this.topic = topic;
        this.settings = new HashMap<>(settings);
        this.settings.put("bootstrap.servers", bootstrapServers);
        this.parse = parse;
    }

    /** Returns records per second. Fails if the number of records differs. */
    double run(long expected) {
        records.reset();
        long begin = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, CONSUMERS)
                        .mapToObj(number -> CompletableFuture.runAsync(() -> consume(number), THREAD_PER_TASK))
                        .toArray(CompletableFuture[]::new))
                .join();
        double perSecond = expected * 1e9 / (System.nanoTime() - begin);
        if (records.sum() != expected || lengths.sum() == 0) {
            throw new IllegalStateException("Expected " + expected + " records, got " + records);
        }
        return perSecond;
    }

    /** Assigns partitions statically: a consumer group would add seconds of rebalancing. */
    private void consume(int number) {
        List<TopicPartition> assigned = IntStream.range(0, topic.partitions())
                .filter(partition -> partition % CONSUMERS == number)
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            long all = consumer.endOffsets(assigned).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            for (long remaining = all; remaining > 0; ) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    remaining--;
                    lengths.add(parse ? parse(record.value()) : record.value().length);
                }
            }
            records.add(all);
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
