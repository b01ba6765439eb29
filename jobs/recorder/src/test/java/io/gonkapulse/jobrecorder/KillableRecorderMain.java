package io.gonkapulse.jobrecorder;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.merge.JobBatchHandler;
import io.gonkapulse.jobrecorder.merge.JobBatchWriter;
import io.gonkapulse.jobrecorder.merge.JobTables;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.PooledDataSource;
import io.gonkapulse.testkit.process.ProgramProcess;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.consumer.TopicConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The consumer of the service without a Spring context, so that it starts in a second and can be killed often. A fixed
 * group instance id lets a new process take over the partitions at once.
 */
final class KillableRecorderMain {

    private KillableRecorderMain() {}

    /** Returns when the consumer has started. */
    static ProgramProcess start(String bootstrapServers, String jdbcUrl, String username) {
        ProgramProcess consumer = ProgramProcess.of(KillableRecorderMain.class)
                .heap("256m")
                .arguments(bootstrapServers, jdbcUrl, username)
                .start();
        consumer.awaitLine("^started$");
        return consumer;
    }

    public static void main(String[] arguments) throws InterruptedException {
        createConsumer(arguments[0], new PooledDataSource(arguments[1], arguments[2], ""))
                .start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }

    /** Small batches, so that a kill comes between two of them or within one. */
    private static TopicConsumer createConsumer(String bootstrapServers, DataSource source) {
        JdbcTemplate jdbc = new JdbcTemplate(source);
        TopicConsumerProperties settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "consumer.max-records", "20",
                        "consumer.initial-back-off", "50ms",
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
                        KafkaTopic.JOB_EVENTS,
                        JobRecorderConfiguration.GROUP,
                        new JobBatchHandler(new JobBatchWriter(jdbc, JobTables.LIVE), JobTablesFixture.DEFAULT_LEASE));
    }
}
