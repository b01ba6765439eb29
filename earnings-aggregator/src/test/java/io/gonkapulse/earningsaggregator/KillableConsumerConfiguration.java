package io.gonkapulse.earningsaggregator;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.history.EarningsBatchHandler;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the consumer as the service does, without a Spring context. */
final class KillableConsumerConfiguration {

    private KillableConsumerConfiguration() {}

    static TopicConsumer createConsumer(String bootstrapServers, DataSource source) {
        JdbcTemplate jdbc = new JdbcTemplate(source);
        TopicConsumerProperties settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "consumer.max-records", "40",
                        "consumer.max-partition-fetch", "16KB",
                        "consumer.initial-back-off", "100ms",
                        "consumer.max-back-off", "500ms")))
                .bindOrCreate("consumer", TopicConsumerProperties.class);
        return new TopicConsumerFactory(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "group.instance.id",
                                "killable",
                                "heartbeat.interval.ms",
                                300),
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
