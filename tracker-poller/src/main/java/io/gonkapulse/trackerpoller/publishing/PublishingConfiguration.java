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

/** Configures the only producer of this poller. */
@Configuration(proxyBeanMethods = false)
public class PublishingConfiguration {

    /** How long a poll waits for space in the buffer before it fails. */
    private static final Duration MAX_BLOCK_TIME = Duration.ofSeconds(5);

    /** How long a record may be in flight before it counts as lost. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

    private static final int BATCH_BYTES = 128 * 1024;

    @Bean(destroyMethod = "")
    KafkaPublisher publisher(
            Producer<byte[], byte[]> producer, SpanFactory traces, InstantSource clock, MeterRegistry meters) {
        // Registers the counters at zero, so that alerts see the first increase.
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

    /** The broker need not be available yet. */
    @Bean
    Producer<byte[], byte[]> producer(KafkaProperties kafka) {
        return new KafkaProducer<>(producerSettings(kafka.buildProducerProperties()));
    }

    /** The caller may override the connection, but not what protects snapshots against loss. */
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
        // A broker that just became the leader of a new partition can reject the first batch and accept the second. The
        // client could never repair that order; with one request in flight it cannot happen.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }
}
