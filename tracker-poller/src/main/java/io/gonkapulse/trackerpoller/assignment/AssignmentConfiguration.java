package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.config.PollerProperties;
import io.gonkapulse.trackerpoller.publishing.CountingCommandRejectionHandler;
import io.gonkapulse.trackerpoller.publishing.UndeliverableCommandHandler;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Wires the consumer group that assigns trackers to pollers. */
@Configuration(proxyBeanMethods = false)
public class AssignmentConfiguration {

    /**
     * How soon new partitions are noticed. With Kafka's default of five minutes two pollers could poll a tracker for
     * that long.
     */
    private static final Duration PARTITION_REFRESH_INTERVAL = Duration.ofSeconds(30);

    @Bean
    KafkaAdmin.NewTopics topics() {
        return new KafkaAdmin.NewTopics(
                Stream.concat(KafkaTopic.ALL.stream(), Stream.of(UndeliverableCommandHandler.TOPIC))
                        .map(AssignmentConfiguration::declaration)
                        .toArray(NewTopic[]::new));
    }

    /** One second less than the session timeout, because two clocks never agree exactly. */
    @Bean
    Lease lease(PollerProperties properties, InstantSource clock) {
        return new Lease(properties.sessionTimeout().minus(Duration.ofSeconds(1)), clock);
    }

    @Bean
    AssignmentHealthIndicator assignmentHealthIndicator(Lease lease) {
        return new AssignmentHealthIndicator(lease);
    }

    /** Does what {@code -XX:+ExitOnOutOfMemoryError} does, because not every installation sets that option. */
    @Bean
    FatalErrorHandler fatalErrorHandler() {
        return () -> Runtime.getRuntime().halt(1);
    }

    @Bean
    AssignmentLoop assignmentLoop(
            PollerProperties properties,
            KafkaProperties kafka,
            KafkaAdmin admin,
            TrackerAssignmentListener listener,
            Lease lease,
            InstantSource clock,
            UndeliverableCommandHandler rejectedCommands,
            MeterRegistry meters,
            FatalErrorHandler fatalErrorHandler) {
        UndeliverableCommandHandler counted = new CountingCommandRejectionHandler(rejectedCommands, meters);
        List<TrackerName> trackers = properties.trackers().stream()
                .map(tracker -> new TrackerName(tracker.name()))
                .toList();
        Map<String, Object> settings = consumerSettings(kafka, properties.sessionTimeout());
        // Makes initialize() throw; the loop logs it in one line. Otherwise Spring logs a stack trace at each attempt.
        admin.setFatalIfBrokerNotAvailable(true);
        return new AssignmentLoop(
                admin::initialize,
                kafka.getListener().isAutoStartup(),
                () -> new AssignmentConsumer(new KafkaConsumer<>(settings), trackers, listener, lease, clock, counted),
                fatalErrorHandler);
    }

    /** Leaves the replication factor to the cluster's default. */
    private static NewTopic declaration(KafkaTopic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.configs());
    }

    /** Uses the classic protocol, because only there the member sets its own session timeout. */
    static Map<String, Object> consumerSettings(KafkaProperties kafka, Duration session) {
        Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) PARTITION_REFRESH_INTERVAL.toMillis());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, UndeliverableCommandHandler.GROUP);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
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
