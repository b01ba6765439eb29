package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.observability.SpanFactory;
import io.gonkapulse.trackerpoller.assignment.AssignmentConsumer;
import io.gonkapulse.trackerpoller.assignment.AssignmentLoop;
import io.gonkapulse.trackerpoller.assignment.Lease;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaAdmin;

/** Wires the only producer of this poller, and the consumer group that assigns trackers to pollers. */
@Configuration(proxyBeanMethods = false)
public class PollerKafkaConfiguration {

    /**
     * How soon new partitions are noticed. With Kafka's default of five minutes two pollers could poll a tracker for
     * that long.
     */
    private static final Duration PARTITION_REFRESH_INTERVAL = Duration.ofSeconds(30);

    @Bean
    KafkaAdmin.NewTopics topics() {
        return new KafkaAdmin.NewTopics(
                Stream.concat(KafkaTopic.TRACKER_TOPICS.stream(), Stream.of(KafkaPublisher.DEAD_LETTERS))
                        .map(PollerKafkaConfiguration::declaration)
                        .toArray(NewTopic[]::new));
    }

    @Bean
    SpanFactory traces(Environment environment) {
        return SpanFactory.of(environment);
    }

    /** The broker need not be available yet. */
    @Bean
    Producer<byte[], byte[]> producer(KafkaProperties kafka) {
        return new KafkaProducer<>(KafkaPublisher.producerSettings(kafka.buildProducerProperties()));
    }

    @Bean
    KafkaPublisher publisher(
            Producer<byte[], byte[]> producer,
            SpanFactory traces,
            InstantSource clock,
            MeterRegistry meters,
            Lease lease) {
        return new KafkaPublisher(producer, traces, clock, meters, lease::isHeld);
    }

    /** One second less than the session timeout, because two clocks never agree exactly. */
    @Bean
    Lease lease(PollerProperties properties, InstantSource clock) {
        return new Lease(properties.sessionTimeout().minus(Duration.ofSeconds(1)), clock);
    }

    /** Out of service while the lease is not held: this poller polls nothing then. */
    @Bean
    HealthIndicator assignmentHealthIndicator(Lease lease) {
        return () -> lease.isHeld()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "No response from Kafka's group coordinator: this poller polls nothing")
                        .build();
    }

    @Bean
    AssignmentLoop assignmentLoop(
            PollerProperties properties,
            KafkaProperties kafka,
            KafkaAdmin admin,
            TrackerAssignmentListener listener,
            KafkaPublisher publisher,
            SharedPollerContext context) {
        List<TrackerName> trackers = properties.trackers().stream()
                .map(tracker -> new TrackerName(tracker.name()))
                .toList();
        Map<String, Object> settings = consumerSettings(kafka, properties.sessionTimeout());
        // Makes initialize() throw; the loop logs it in one line. Otherwise Spring logs a stack trace at each attempt.
        admin.setFatalIfBrokerNotAvailable(true);
        return new AssignmentLoop(
                admin::initialize,
                kafka.getListener().isAutoStartup(),
                () -> new AssignmentConsumer(
                        new KafkaConsumer<>(settings), trackers, listener, context.lease(), context.clock(), publisher),
                context.haltProcess());
    }

    /** Leaves the replication factor to the cluster's default. */
    private static NewTopic declaration(KafkaTopic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.configs());
    }

    /** Uses the classic protocol, because only there the member sets its own session timeout. */
    static Map<String, Object> consumerSettings(KafkaProperties kafka, Duration session) {
        Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) PARTITION_REFRESH_INTERVAL.toMillis());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, KafkaPublisher.GROUP);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        // A static member stays in its group when it stops: its trackers would wait until the session ends.
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / 4);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }
}
