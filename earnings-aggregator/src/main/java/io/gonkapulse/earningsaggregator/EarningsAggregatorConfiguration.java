package io.gonkapulse.earningsaggregator;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.maintenance.DayRolloverTask;
import io.gonkapulse.earningsaggregator.maintenance.HistoryMonitor;
import io.gonkapulse.earningsaggregator.maintenance.MissingSettlementsMonitor;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner;
import io.gonkapulse.earningsaggregator.rebuild.SnapshotTopicReader;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.workercore.MaintenanceSchedulerFactory;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the consumer, the commands and the maintenance tasks of the service. */
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
        return new SchemaVersionRange(18, 19);
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
    HistoryMonitor historyMonitor(HistoryCheck historyCheck, MeterRegistry meters) {
        return new HistoryMonitor(historyCheck, meters);
    }

    @Bean
    MissingSettlementsMonitor missingSettlementsMonitor(JdbcTemplate jdbc, MeterRegistry meters) {
        return new MissingSettlementsMonitor(jdbc, meters);
    }

    /** Commands start the context without listeners, so no schedule runs beside a command. */
    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @ConditionalOnProperty(name = "spring.kafka.listener.auto-startup", matchIfMissing = true)
    static class EarningsScheduleConfiguration {

        /** One thread for each task: a verification of a long history can take hours. */
        @Bean
        ThreadPoolTaskScheduler maintenanceScheduler() {
            return MaintenanceSchedulerFactory.create(3);
        }

        @Bean
        SchedulingConfigurer maintenanceSchedule(
                DayRolloverTask dayRollover,
                HistoryMonitor history,
                MissingSettlementsMonitor missingSettlements,
                EarningsProperties properties) {
            return registrar -> {
                registrar.addFixedDelayTask(dayRollover::run, properties.rolloverInterval());
                registrar.addFixedDelayTask(history::verify, properties.verifyInterval());
                registrar.addFixedDelayTask(missingSettlements::count, properties.missingSettlementsInterval());
            };
        }
    }
}
