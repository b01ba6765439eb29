package io.gonkapulse.earningsaggregator;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.earningsaggregator.rebuild.Rebuilds;
import io.gonkapulse.earningsaggregator.rebuild.SnapshotTopic;
import io.gonkapulse.earningsaggregator.rebuild.TopicReplayListener;
import io.gonkapulse.earningsaggregator.store.EarningsWriter;
import io.gonkapulse.earningsaggregator.store.Verification;
import io.gonkapulse.earningsaggregator.upkeep.MissingSettlements;
import io.gonkapulse.earningsaggregator.upkeep.Upkeep;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.workercore.WorkerConfiguration;
import io.gonkapulse.workercore.intake.Intake;
import io.gonkapulse.workercore.intake.IntakeFactory;
import io.gonkapulse.workercore.intake.IntakeSettings;
import io.gonkapulse.workercore.upkeep.UpkeepThreads;
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

/** The parts of the service. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(EarningsProperties.class)
@Import(WorkerConfiguration.class)
public class EarningsAggregatorConfiguration {

    static final String GROUP = "earnings-aggregator";

    @Bean
    SchemaRange schemaRange() {
        return new SchemaRange(18, 19);
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
    Intake snapshots(IntakeFactory factory, EarningsWriter writer) {
        return factory.intake(Topic.SNAPSHOTS, GROUP, new SnapshotHandler(writer));
    }

    @Bean
    Verification verification(DataSource source) {
        return new Verification(source);
    }

    @Bean
    SnapshotTopic snapshotTopic(KafkaProperties kafka, IntakeSettings intake, EarningsProperties properties) {
        return new TopicReplayListener(
                kafka.buildConsumerProperties(),
                Topic.SNAPSHOTS.name(),
                properties.rebuildThreads(),
                intake.maxInflated().toBytes());
    }

    @Bean
    Rebuilds rebuilds(
            DataSource source, SnapshotTopic snapshotTopic, InstantSource clock, EarningsProperties properties) {
        return new Rebuilds(source, snapshotTopic, GROUP, Topic.SNAPSHOTS.name(), clock, properties.rebuildKeys());
    }

    @Bean
    Upkeep upkeep(
            EarningsWriter writer,
            PlatformTransactionManager transactions,
            Verification verification,
            MeterRegistry meters) {
        return new Upkeep(writer, new TransactionTemplate(transactions), verification, meters);
    }

    @Bean
    MissingSettlements missingSettlements(JdbcTemplate jdbc, MeterRegistry meters) {
        return new MissingSettlements(jdbc, meters);
    }

    /** Not while a command runs: it would verify beside its own verification. */
    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @ConditionalOnProperty(name = "spring.kafka.listener.auto-startup", matchIfMissing = true)
    static class ScheduleConfiguration {

        /** One for each task: a verification takes minutes, with a long history hours. */
        @Bean
        ThreadPoolTaskScheduler upkeepThreads() {
            return UpkeepThreads.of(3);
        }

        @Bean
        SchedulingConfigurer upkeepSchedule(Upkeep upkeep, MissingSettlements missing, EarningsProperties properties) {
            return registrar -> {
                registrar.addFixedDelayTask(upkeep::showToday, properties.showEvery());
                registrar.addFixedDelayTask(upkeep::verify, properties.verifyEvery());
                registrar.addFixedDelayTask(missing::count, properties.countEvery());
            };
        }
    }
}
