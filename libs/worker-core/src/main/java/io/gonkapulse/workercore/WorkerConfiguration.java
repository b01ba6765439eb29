package io.gonkapulse.workercore;

import io.gonkapulse.servicekit.observability.SpanFactory;
import io.gonkapulse.servicekit.schema.SchemaVersionCheck;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import io.gonkapulse.workercore.replay.DeadLetterService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Wires everything that a consumer needs. A service imports this and adds its {@link
 * TopicConsumer}s and its {@link SchemaVersionRange} as beans, and its maintenance tasks as a {@code
 * SchedulingConfigurer}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicConsumerProperties.class)
public class WorkerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerConfiguration.class);
    private static final Duration SCHEMA_CHECK_INTERVAL = Duration.ofSeconds(2);

    @Bean
    KafkaTemplate<byte[], byte[]> deadLetterTemplate(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DeadLetterPublisher.MAX_BYTES);
        // Short producer timeouts: the listener container retries and stays in its group meanwhile.
        // A long wait inside the producer would exceed max.poll.interval.ms.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(settings));
    }

    @Bean
    TopicConsumerFactory topicConsumerFactory(
            KafkaProperties kafka,
            TopicConsumerProperties settings,
            KafkaTemplate<byte[], byte[]> deadLetterTemplate,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            SpanFactory spans) {
        return new TopicConsumerFactory(
                kafka.buildConsumerProperties(),
                settings,
                deadLetterTemplate,
                jdbc,
                new TransactionTemplate(transactions),
                meters,
                spans);
    }

    @Bean
    SpanFactory spanFactory(Environment environment) {
        return SpanFactory.of(environment);
    }

    @Bean
    SchemaGate schemaGate(
            DataSource database,
            SchemaVersionRange range,
            KafkaProperties kafka,
            ObjectProvider<TopicConsumer> consumers,
            Environment environment) {
        List<TopicConsumer> all = consumers.orderedStream().toList();
        // Commands set this to false: they use the context without consumers.
        boolean autoStart = environment.getProperty("spring.kafka.listener.auto-startup", Boolean.class, true);
        return new SchemaGate(
                new SchemaVersionCheck(database, range),
                new KafkaTopicSetup(kafka.buildAdminProperties(), all, LOG::warn),
                all,
                SCHEMA_CHECK_INTERVAL,
                autoStart);
    }

    @Bean
    HealthIndicator consumerReadinessHealthIndicator(SchemaGate gate) {
        return new ConsumerHealthCheck(gate)::readiness;
    }

    @Bean
    HealthIndicator consumerLivenessHealthIndicator(SchemaGate gate) {
        return new ConsumerHealthCheck(gate)::liveness;
    }

    @Bean
    SchemaGateMetrics schemaGateMetrics(SchemaGate gate) {
        return new SchemaGateMetrics(gate);
    }

    @Bean
    DeadLetterService deadLetterService(
            KafkaProperties kafka,
            TopicConsumerProperties settings,
            KafkaTemplate<byte[], byte[]> deadLetterTemplate,
            ObjectProvider<TopicConsumer> consumers) {
        List<DeadLetterService.DeadLetterTopic> topics = consumers
                .orderedStream()
                .map(consumer -> new DeadLetterService.DeadLetterTopic(consumer.topic(), consumer.group()))
                .toList();
        return new DeadLetterService(
                kafka.buildConsumerProperties(), settings.maxUncompressedBatch(), deadLetterTemplate, topics);
    }

    /** Contexts of commands have no consumers, and ignore the schedule as well. */
    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @ConditionalOnProperty(name = "spring.kafka.listener.auto-startup", matchIfMissing = true)
    static class MaintenanceConfiguration {

        /** One thread for each task of a service, because a single one can take an hour. */
        private static final int THREADS = 5;

        /** Spring Boot's own scheduler has a single thread when virtual threads are on, whatever its pool size. */
        @Bean
        ThreadPoolTaskScheduler maintenanceScheduler() {
            ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
            scheduler.setPoolSize(THREADS);
            scheduler.setThreadNamePrefix("maintenance-");
            // Interrupts running tasks at shutdown. By default Spring would wait for them first.
            scheduler.setAcceptTasksAfterContextClose(true);
            return scheduler;
        }
    }
}
