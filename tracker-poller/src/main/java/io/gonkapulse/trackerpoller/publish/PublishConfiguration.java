package io.gonkapulse.trackerpoller.publish;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.servicekit.traces.Traces;
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
public class PublishConfiguration {

    /** How long a poll waits for room in the buffer before it fails. */
    private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(5);

    /** How long a record may be under way before it counts as lost. */
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private static final int BATCH_BYTES = 128 * 1024;

    @Bean(destroyMethod = "")
    KafkaPublisher publisher(
            Producer<byte[], byte[]> producer, Traces traces, InstantSource clock, MeterRegistry meters) {
        // From the beginning, so that the first one that is refused shows as a change.
        List.of(Topic.SNAPSHOTS, Topic.POLLS, Topic.COMMANDS).forEach(topic -> refused(meters, topic.name()));
        return new KafkaPublisher(
                producer, traces, clock, topic -> refused(meters, topic).increment());
    }

    private static Counter refused(MeterRegistry meters, String topic) {
        return meters.counter(Meter.RECORDS_REFUSED.id(), "topic", topic);
    }

    @Bean
    Traces traces(Environment environment) {
        return Traces.of(environment);
    }

    /** The broker need not be there yet. */
    @Bean
    Producer<byte[], byte[]> producer(KafkaProperties kafka) {
        return new KafkaProducer<>(settings(kafka.buildProducerProperties()));
    }

    /** Those of the producer: what the connection says may differ, what a snapshot's safety needs may not. */
    public static Map<String, Object> settings(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WAIT_FOR_ROOM.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
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
