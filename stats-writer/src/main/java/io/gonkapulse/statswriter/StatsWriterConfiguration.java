package io.gonkapulse.statswriter;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.statswriter.freshness.FreshnessMetrics;
import io.gonkapulse.statswriter.poll.PollHandler;
import io.gonkapulse.statswriter.poll.PollWriter;
import io.gonkapulse.statswriter.poll.SnapshotEnds;
import io.gonkapulse.statswriter.replay.SnapshotReplay;
import io.gonkapulse.statswriter.snapshot.SnapshotHandler;
import io.gonkapulse.statswriter.snapshot.SnapshotWriter;
import io.gonkapulse.statswriter.upkeep.Upkeep;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.intake.Application;
import io.gonkapulse.workercore.intake.Intake;
import io.gonkapulse.workercore.intake.IntakeFactory;
import io.gonkapulse.workercore.intake.IntakeSettings;
import io.gonkapulse.workercore.intake.TopicEnds;
import io.gonkapulse.workercore.replay.TopicReplay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of the service, put together. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({StatsWriterProperties.class, StatsProperties.class})
@Import({WorkerConfiguration.class, UpkeepConfiguration.class})
public class StatsWriterConfiguration {

    /** The views know the group by this name. */
    static final String GROUP = "stats-writer";

    @Bean
    SchemaRange schemaRange() {
        return new SchemaRange(18, 19);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SnapshotHandler snapshotHandler(JdbcTemplate jdbc, StatsWriterProperties properties, InstantSource clock) {
        return new SnapshotHandler(new SnapshotWriter(jdbc, properties.healthRetention(), clock), properties.grace());
    }

    @Bean(destroyMethod = "close")
    TopicEnds snapshotEnds(KafkaProperties kafka) {
        return new TopicEnds(kafka.buildAdminProperties(), Topic.SNAPSHOTS);
    }

    @Bean
    PollHandler pollHandler(JdbcTemplate jdbc, TopicEnds snapshotEnds) {
        SnapshotEnds ends = snapshotEnds::now;
        return new PollHandler(new PollWriter(jdbc), ends);
    }

    @Bean
    Intake snapshots(IntakeFactory factory, SnapshotHandler handler) {
        return factory.intake(Topic.SNAPSHOTS, GROUP, handler);
    }

    @Bean
    Intake polls(IntakeFactory factory, PollHandler handler) {
        return factory.intake(Topic.POLLS, GROUP, handler, 1);
    }

    @Bean
    SnapshotReplay snapshotReplay(
            TopicReplay topic,
            SnapshotHandler handler,
            PlatformTransactionManager transactions,
            IntakeSettings settings) {
        return new SnapshotReplay(topic, new Application<>(handler, new TransactionTemplate(transactions), settings));
    }

    @Bean
    FreshnessMetrics freshnessMetrics(
            JdbcTemplate jdbc, StatsProperties stats, InstantSource clock, MeterRegistry meters) {
        return new FreshnessMetrics(jdbc, stats.ttl(), clock, meters);
    }

    @Bean
    Upkeep upkeep(JdbcTemplate jdbc, InstantSource clock) {
        return new Upkeep(jdbc, clock);
    }
}
