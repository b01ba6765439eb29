package io.gonkapulse.earningsaggregator;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.history.DayRolloverTask;
import io.gonkapulse.earningsaggregator.history.EarningsBatchHandler;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.history.SettlementRankTask;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner;
import io.gonkapulse.earningsaggregator.rebuild.SnapshotTopicReader;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.earningsaggregator.verify.HistoryMonitor;
import io.gonkapulse.earningsaggregator.verify.MissingSettlementsMonitor;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.workercore.SchemaGate;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
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

/** Wires the earnings-aggregator. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(EarningsProperties.class)
@Import(WorkerConfiguration.class)
public class EarningsAggregatorConfiguration {

    /** Stored in {@code consumer_offsets}: another name would read the topic from its beginning. */
    static final String GROUP = "earnings-aggregator";

    /** Schema versions that this release can work with; consumers wait until the database is in the range. */
    @Bean
    SchemaVersionRange schemaRange() {
        return new SchemaVersionRange(22, 22);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    EarningsWriter earningsWriter(JdbcTemplate jdbc, InstantSource clock) {
        return new EarningsWriter(jdbc, clock);
    }

    @Bean
    TopicConsumer snapshotConsumer(TopicConsumerFactory factory, EarningsWriter writer) {
        return factory.create(KafkaTopic.SNAPSHOTS, GROUP, new EarningsBatchHandler(writer));
    }

    @Bean
    HistoryCheck historyCheck(DataSource source) {
        return new HistoryCheck(source);
    }

    @Bean
    TopicMetadataReader snapshotTopicMetadata(KafkaProperties kafka) {
        return new TopicMetadataReader(kafka.buildConsumerProperties(), KafkaTopic.SNAPSHOTS.name());
    }

    @Bean
    SnapshotTopicReader snapshotTopicReader(
            KafkaProperties kafka, TopicConsumerProperties consumer, EarningsProperties properties) {
        return new SnapshotTopicReader(
                kafka.buildConsumerProperties(),
                KafkaTopic.SNAPSHOTS.name(),
                properties.rebuildThreads(),
                consumer.maxUncompressedBatch().toBytes());
    }

    @Bean
    RebuildRunner rebuildRunner(
            DataSource source, SnapshotTopicReader snapshotTopic, InstantSource clock, EarningsProperties properties) {
        return new RebuildRunner(
                source, snapshotTopic, GROUP, KafkaTopic.SNAPSHOTS.name(), clock, properties.rebuildMaxRows());
    }

    @Bean
    DayRolloverTask dayRolloverTask(EarningsWriter writer, PlatformTransactionManager transactions) {
        return new DayRolloverTask(writer, new TransactionTemplate(transactions));
    }

    @Bean
    SettlementRankTask settlementRankTask(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, SchemaGate schemaGate) {
        return new SettlementRankTask(jdbc, new TransactionTemplate(transactions), schemaGate::isSchemaUsable);
    }

    @Bean
    HistoryMonitor historyMonitor(HistoryCheck historyCheck, MeterRegistry meters) {
        return new HistoryMonitor(historyCheck, meters);
    }

    @Bean
    MissingSettlementsMonitor missingSettlementsMonitor(JdbcTemplate jdbc, MeterRegistry meters) {
        return new MissingSettlementsMonitor(jdbc, meters);
    }

    @Bean
    SchedulingConfigurer maintenanceSchedule(
            DayRolloverTask dayRollover,
            HistoryMonitor history,
            MissingSettlementsMonitor missingSettlements,
            SettlementRankTask settlementRanks,
            EarningsProperties properties) {
        return tasks -> {
            tasks.addFixedDelayTask(dayRollover::run, properties.rolloverInterval());
            tasks.addFixedDelayTask(history::verify, properties.verifyInterval());
            tasks.addFixedDelayTask(missingSettlements::count, properties.missingSettlementsInterval());
            tasks.addFixedDelayTask(settlementRanks::run, properties.rankInterval());
        };
    }
}
