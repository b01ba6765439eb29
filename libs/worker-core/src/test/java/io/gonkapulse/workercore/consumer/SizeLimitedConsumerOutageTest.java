package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fetches that are unsent when the connection breaks must fail as Kafka's consumer expects, and be retried. */
@RealInfrastructure
@Timeout(120)
class SizeLimitedConsumerOutageTest {

    private static final String TOPIC = "outage";
    private static final int LIMIT = 1 << 20;

    /** More than the consumer had open, so that attempts to reconnect have failed as well. */
    private static final int FAILED_CONNECTIONS = 6;

    private final DedicatedBroker broker;

    SizeLimitedConsumerOutageTest(DedicatedBroker broker) {
        this.broker = broker;
    }

    @Test
    void resumesAfterBrokerOutage() {
        broker.createTopic(TOPIC, 1);
        broker.publish(TOPIC, "before", null);
        try (KafkaConsumer<byte[], byte[]> consumer = SizeLimitedConsumerFactory.create(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                LIMIT,
                (partition, offset) -> {})) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            assertThat(next(consumer)).isEqualTo("before");

            double closedBefore = closedConnections(consumer);
            broker.stop();
            List<ConsumerRecord<byte[], byte[]>> meanwhile = new ArrayList<>();
            while (closedConnections(consumer) < closedBefore + FAILED_CONNECTIONS) {
                consumer.poll(Duration.ofMillis(100)).forEach(meanwhile::add);
            }
            broker.start();
            broker.publish(TOPIC, "after", null);

            assertThat(meanwhile).isEmpty();
            assertThat(next(consumer)).isEqualTo("after");
        }
    }

    private static double closedConnections(KafkaConsumer<?, ?> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-close-total"))
                .filter(metric -> metric.metricName().group().equals("consumer-metrics"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    private static String next(KafkaConsumer<byte[], byte[]> consumer) {
        List<String> keys = new ArrayList<>();
        while (keys.isEmpty()) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(new String(record.key(), UTF_8)));
        }
        return keys.get(0);
    }
}
