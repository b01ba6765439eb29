package io.gonkapulse.jobrecorder;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.merge.JobBatchHandler;
import io.gonkapulse.jobrecorder.merge.JobBatchWriter;
import io.gonkapulse.jobrecorder.merge.JobTables;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires the job-recorder. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({JobRecorderProperties.class, JobRecorderProperties.AuditRetention.class})
@Import(WorkerConfiguration.class)
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
}
