package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.gonkapulse.servicekit.tracing.SpanFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The one producer of this poller. */
@Configuration(proxyBeanMethods = false)
public class PublishingConfiguration {

    /** How long a poll waits for room in the buffer before it fails. */
    private static final Duration MAX_BLOCK_TIME = Duration.ofSeconds(5);

    /** How long a record may be under way before it counts as lost. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

    private static final int BATCH_BYTES = 128 * 1024;

    @Bean(destroyMethod = "")
    KafkaPublisher publisher(
            Producer<byte[], byte[]> producer, SpanFactory traces, InstantSource clock, MeterRegistry meters) {
        // From the beginning, so that the first one that is refused shows as a change.
        List.of(KafkaTopic.SNAPSHOTS, KafkaTopic.POLLS, KafkaTopic.COMMANDS)
                .forEach(topic -> rejectedCounter(meters, topic.name()));
        return new KafkaPublisher(
                producer, traces, clock, topic -> rejectedCounter(meters, topic).increment());
    }

    private static Counter rejectedCounter(MeterRegistry meters, String topic) {
        return meters.counter(PulseMeter.RECORDS_REJECTED.id(), "topic", topic);
    }

    @Bean
    SpanFactory traces(Environment environment) {
        return SpanFactory.of(environment);
    }

    /** The broker need not be there yet. */
    @Bean
    Producer<byte[], byte[]> producer(KafkaProperties kafka) {
        return new KafkaProducer<>(producerSettings(kafka.buildProducerProperties()));
    }

    /** Those of the producer: what the connection says may differ, what a snapshot's safety needs may not. */
    public static Map<String, Object> producerSettings(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) MAX_BLOCK_TIME.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        settings.putAll(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A broker that has only just become the leader of a new partition can refuse the first request and take the
        // second; the first could then never be put right. With one under way nothing overtakes.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }
}
