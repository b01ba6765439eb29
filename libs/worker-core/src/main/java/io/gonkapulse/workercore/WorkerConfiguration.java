package io.gonkapulse.workercore;

import io.gonkapulse.servicekit.schema.SchemaLook;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.servicekit.traces.Traces;
import io.gonkapulse.workercore.deadletter.DeadLetterDesk;
import io.gonkapulse.workercore.gate.ConsumerHealth;
import io.gonkapulse.workercore.gate.GateMetrics;
import io.gonkapulse.workercore.gate.IntakeHealth;
import io.gonkapulse.workercore.gate.SchemaGate;
import io.gonkapulse.workercore.intake.Intake;
import io.gonkapulse.workercore.intake.IntakeFactory;
import io.gonkapulse.workercore.intake.IntakeSettings;
import io.gonkapulse.workercore.replay.TopicReplay;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** For a service to import. The service adds its {@link Intake}s and its {@link SchemaRange} as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
public class WorkerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerConfiguration.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Bean
    KafkaTemplate<byte[], byte[]> deadLetterTemplate(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicDeclaration.LARGEST_DEAD_LETTER);
        // The container retries, and it keeps its place in the group meanwhile; the producer would not.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(settings));
    }

    @Bean
    IntakeFactory intakeFactory(
            KafkaProperties kafka,
            IntakeSettings settings,
            KafkaTemplate<byte[], byte[]> deadLetterTemplate,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            Traces traces) {
        return new IntakeFactory(
                kafka.buildConsumerProperties(),
                settings,
                deadLetterTemplate,
                jdbc,
                new TransactionTemplate(transactions),
                meters,
                traces);
    }

    @Bean
    Traces traces(Environment environment) {
        return Traces.of(environment);
    }

    @Bean
    SchemaGate schemaGate(
            DataSource database,
            SchemaRange range,
            KafkaProperties kafka,
            ObjectProvider<Intake> intakes,
            Environment environment) {
        List<Intake> all = intakes.orderedStream().toList();
        boolean atOnce = environment.getProperty("spring.kafka.listener.auto-startup", Boolean.class, true);
        return new SchemaGate(
                new SchemaLook(database, range),
                new TopicDeclaration(kafka.buildAdminProperties(), all, LOG::warn),
                all,
                BETWEEN_LOOKS,
                atOnce);
    }

    @Bean
    IntakeHealth intakeHealthIndicator(SchemaGate gate) {
        return new IntakeHealth(gate);
    }

    @Bean
    ConsumerHealth consumerHealthIndicator(SchemaGate gate) {
        return new ConsumerHealth(gate);
    }

    @Bean
    GateMetrics gateMetrics(SchemaGate gate) {
        return new GateMetrics(gate);
    }

    @Bean
    DeadLetterDesk deadLetterDesk(
            KafkaProperties kafka, KafkaTemplate<byte[], byte[]> deadLetterTemplate, ObjectProvider<Intake> intakes) {
        List<DeadLetterDesk.Drawer> drawers = intakes.orderedStream()
                .map(intake -> new DeadLetterDesk.Drawer(intake.topic(), intake.group()))
                .toList();
        return new DeadLetterDesk(kafka.buildConsumerProperties(), deadLetterTemplate, drawers);
    }

    @Bean
    TopicReplay topicReplay(KafkaProperties kafka, IntakeSettings settings) {
        return new TopicReplay(
                kafka.buildConsumerProperties(), settings.maxInflated().toBytes());
    }
}
