package io.gonkapulse.statswriter;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.statswriter.maintenance.FreshnessMetrics;
import io.gonkapulse.statswriter.maintenance.StatsMaintenanceRunner;
import io.gonkapulse.statswriter.poll.PollBatchHandler;
import io.gonkapulse.statswriter.poll.PollWriter;
import io.gonkapulse.statswriter.snapshot.SnapshotBatchHandler;
import io.gonkapulse.statswriter.snapshot.SnapshotReplayRunner;
import io.gonkapulse.statswriter.snapshot.SnapshotWriter;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.gonkapulse.workercore.replay.EndOffsetReader;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import io.gonkapulse.workercore.replay.TopicReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the stats-writer. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({StatsWriterProperties.class, StatsWriterProperties.StatsTtl.class})
@Import(WorkerConfiguration.class)
public class StatsWriterConfiguration {

    /** Fixed: view {@code current_node_stats} reads the offsets of this group. */
    static final String GROUP = "stats-writer";

    @Bean
    SchemaVersionRange schemaRange() {
        return new SchemaVersionRange(20, 22);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SnapshotBatchHandler snapshotHandler(JdbcTemplate jdbc, StatsWriterProperties properties, InstantSource clock) {
        return new SnapshotBatchHandler(
                new SnapshotWriter(jdbc, properties.healthRetention(), clock), properties.grace());
    }

    @Bean(destroyMethod = "close")
    EndOffsetReader snapshotEndOffsets(KafkaProperties kafka) {
        return new EndOffsetReader(kafka.buildAdminProperties(), KafkaTopic.SNAPSHOTS);
    }

    @Bean
    PollBatchHandler pollHandler(JdbcTemplate jdbc, EndOffsetReader snapshotEndOffsets) {
        return new PollBatchHandler(new PollWriter(jdbc), snapshotEndOffsets::read);
    }

    @Bean
    TopicConsumer snapshotConsumer(TopicConsumerFactory factory, SnapshotBatchHandler handler) {
        return factory.create(KafkaTopic.SNAPSHOTS, GROUP, handler);
    }

    @Bean
    TopicConsumer pollConsumer(TopicConsumerFactory factory, PollBatchHandler handler) {
        // One thread: polls are few, and the topic has three partitions.
        return factory.create(KafkaTopic.POLLS, GROUP, handler, 1);
    }

    @Bean
    SnapshotReplayRunner snapshotReplayRunner(
            KafkaProperties kafka,
            SnapshotBatchHandler handler,
            PlatformTransactionManager transactions,
            TopicConsumerProperties settings) {
        return new SnapshotReplayRunner(
                () -> TopicReader.open(
                        kafka.buildConsumerProperties(),
                        KafkaTopic.SNAPSHOTS.name(),
                        settings.maxUncompressedBatch().toBytes()),
                new ReplayBatchProcessor<>(handler, new TransactionTemplate(transactions), settings));
    }

    @Bean
    FreshnessMetrics freshnessMetrics(
            JdbcTemplate jdbc, StatsWriterProperties.StatsTtl stats, InstantSource clock, MeterRegistry meters) {
        return new FreshnessMetrics(jdbc, stats.ttl(), clock, meters);
    }

    @Bean
    StatsMaintenanceRunner maintenance(JdbcTemplate jdbc, InstantSource clock) {
        return new StatsMaintenanceRunner(jdbc, clock);
    }

    @Bean
    SchedulingConfigurer maintenanceSchedule(
            StatsMaintenanceRunner maintenance, FreshnessMetrics freshness, StatsWriterProperties properties) {
        return tasks -> {
            tasks.addFixedDelayTask(freshness::refresh, properties.metricsInterval());
            tasks.addFixedDelayTask(maintenance::recomputeUptime, properties.uptimeInterval());
            tasks.addFixedDelayTask(maintenance::rankWeights, properties.uptimeInterval());
            tasks.addFixedDelayTask(maintenance::recomputeNetworkDays, properties.historyInterval());
            tasks.addFixedDelayTask(
                    () -> maintenance.deleteExpired(properties.healthRetention(), properties.pollRetention()),
                    properties.cleanupInterval());
        };
    }
}
