package io.gonkapulse.earningsaggregator;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.history.EarningsBatchHandler;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
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

/** Wires the consumer as the service does, without a Spring context. */
final class KillableConsumerConfiguration {

    private KillableConsumerConfiguration() {}

    static TopicConsumer createConsumer(String bootstrapServers, DataSource source) {
        JdbcTemplate jdbc = new JdbcTemplate(source);
        TopicConsumerProperties settings = new TopicConsumerProperties(
                2,
                40,
                DataSize.ofKilobytes(16),
                DataSize.ofMegabytes(32),
                Duration.ofMillis(100),
                Duration.ofMillis(500));
        return new TopicConsumerFactory(
                        Map.of("bootstrap.servers", bootstrapServers, "group.instance.id", "killable"),
                        settings,
                        new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                                Map.of("bootstrap.servers", bootstrapServers),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())),
                        jdbc,
                        new TransactionTemplate(new DataSourceTransactionManager(source)),
                        new SimpleMeterRegistry())
                .create(
                        KafkaTopic.SNAPSHOTS,
                        EarningsAggregatorConfiguration.GROUP,
                        new EarningsBatchHandler(new EarningsWriter(jdbc, InstantSource.system())));
    }
}
