package io.gonkapulse.jobrecorder;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.intake.IntakeConfiguration;
import io.gonkapulse.jobrecorder.maintenance.JobMetrics;
import io.gonkapulse.jobrecorder.maintenance.LostJobTask;
import io.gonkapulse.jobrecorder.maintenance.PartitionTask;
import io.gonkapulse.jobrecorder.merge.JobBatchHandler;
import io.gonkapulse.jobrecorder.merge.JobBatchWriter;
import io.gonkapulse.jobrecorder.merge.JobTables;
import io.gonkapulse.jobrecorder.ownwork.MigrationJobTask;
import io.gonkapulse.jobrecorder.ownwork.PollJobHandler;
import io.gonkapulse.jobrecorder.publishing.JobEventPublisher;
import io.gonkapulse.jobrecorder.rebuild.JobRebuildRunner;
import io.gonkapulse.jobrecorder.verify.JobCountsMonitor;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import io.gonkapulse.workercore.replay.TopicReader;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
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
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/** Wires the job-recorder. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({JobRecorderProperties.class, JobRecorderProperties.AuditRetention.class})
@Import({WorkerConfiguration.class, IntakeConfiguration.class})
public class JobRecorderConfiguration {

    public static final String GROUP = "job-recorder";

    @Bean
    SchemaVersionRange schemaRange() {
        return new SchemaVersionRange("audit", 8, 8);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    JobBatchHandler jobHandler(JdbcTemplate jdbc, JobRecorderProperties properties) {
        return new JobBatchHandler(new JobBatchWriter(jdbc, JobTables.LIVE), properties.defaultLease());
    }

    @Bean
    TopicConsumer jobConsumer(TopicConsumerFactory factory, JobBatchHandler handler) {
        return factory.create(KafkaTopic.JOB_EVENTS, GROUP, handler);
    }

    @Bean
    ExclusiveTaskRunner exclusiveTaskRunner(JdbcTemplate jdbc, InstantSource clock) {
        return new ExclusiveTaskRunner(jdbc, clock);
    }

    @Bean
    JobEventPublisher jobEventPublisher(KafkaTemplate<byte[], byte[]> deadLetterTemplate) {
        return new JobEventPublisher(deadLetterTemplate);
    }

    @Bean
    TopicConsumer pollJobConsumer(TopicConsumerFactory factory, JobEventPublisher publisher) {
        // One thread: polls are few, and the topic has three partitions.
        return factory.create(KafkaTopic.POLLS, GROUP, new PollJobHandler(publisher), 1);
    }

    @Bean
    MigrationJobTask migrationJobTask(ExclusiveTaskRunner tasks, JobEventPublisher publisher) {
        return new MigrationJobTask(tasks, publisher);
    }

    @Bean
    LostJobTask lostJobTask(ExclusiveTaskRunner tasks, JobEventPublisher publisher) {
        return new LostJobTask(tasks, publisher);
    }

    @Bean
    PartitionTask partitionTask(ExclusiveTaskRunner tasks, JobRecorderProperties.AuditRetention audit) {
        return new PartitionTask(tasks, audit.retention());
    }

    @Bean
    JobMetrics jobMetrics(JdbcTemplate jdbc, InstantSource clock, MeterRegistry meters) {
        return new JobMetrics(jdbc, clock, meters);
    }

    @Bean
    JobCountsMonitor jobCountsMonitor(ExclusiveTaskRunner tasks, MeterRegistry meters) {
        return new JobCountsMonitor(tasks, meters);
    }

    @Bean
    JobRebuildRunner jobRebuildRunner(
            DataSource database,
            KafkaProperties kafka,
            TopicConsumerProperties settings,
            JobRecorderProperties properties) {
        return new JobRebuildRunner(
                database,
                () -> TopicReader.openStrict(
                        kafka.buildConsumerProperties(),
                        KafkaTopic.JOB_EVENTS.name(),
                        settings.maxUncompressedBatch().toBytes()),
                new TopicMetadataReader(kafka.buildConsumerProperties(), KafkaTopic.JOB_EVENTS.name())::read,
                GROUP,
                KafkaTopic.JOB_EVENTS.name(),
                properties.defaultLease());
    }

    @Bean
    SchedulingConfigurer maintenanceSchedule(
            LostJobTask lostJobs,
            PartitionTask partitions,
            MigrationJobTask migrations,
            JobCountsMonitor counts,
            JobMetrics metrics,
            JobRecorderProperties properties) {
        return tasks -> {
            tasks.addFixedDelayTask(partitions::run, properties.rollInterval());
            // Not at once: the topic and the schema may be missing while the service starts.
            tasks.addFixedDelayTask(
                    new FixedDelayTask(lostJobs::run, properties.lostInterval(), properties.lostInterval()));
            tasks.addFixedDelayTask(new FixedDelayTask(
                    migrations::run, properties.migrationsInterval(), properties.migrationsInterval()));
            tasks.addFixedDelayTask(counts::verify, properties.verifyInterval());
            tasks.addFixedDelayTask(metrics::refresh, properties.metricsInterval());
        };
    }
}
