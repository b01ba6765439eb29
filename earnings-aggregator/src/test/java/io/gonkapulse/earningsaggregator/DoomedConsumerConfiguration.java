package io.gonkapulse.earningsaggregator;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.earningsaggregator.store.EarningsWriter;
import io.gonkapulse.workercore.intake.Intake;
import io.gonkapulse.workercore.intake.IntakeFactory;
import io.gonkapulse.workercore.intake.IntakeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** The consumer as the service wires it, without Spring's context. */
final class DoomedConsumerConfiguration {

    private DoomedConsumerConfiguration() {}

    static Intake intake(String bootstrapServers, DataSource source) {
        JdbcTemplate jdbc = new JdbcTemplate(source);
        IntakeSettings settings = new IntakeSettings(
                2,
                40,
                DataSize.ofKilobytes(16),
                DataSize.ofMegabytes(32),
                Duration.ofMillis(100),
                Duration.ofMillis(500));
        return new IntakeFactory(
                        Map.of("bootstrap.servers", bootstrapServers, "group.instance.id", "doomed"),
                        settings,
                        new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                                Map.of("bootstrap.servers", bootstrapServers),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())),
                        jdbc,
                        new TransactionTemplate(new DataSourceTransactionManager(source)),
                        new SimpleMeterRegistry())
                .intake(
                        Topic.SNAPSHOTS,
                        EarningsAggregatorConfiguration.GROUP,
                        new SnapshotHandler(new EarningsWriter(jdbc, InstantSource.system())));
    }
}
