package io.gonkapulse.jobreporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class KafkaReportingTest {

    @BeforeAll
    static void createTopic(TestBroker broker) {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
    }

    @Test
    void storesEventsByJob(TestBroker broker) {
        UUID id;
        JobReporter reporter = JobReporter.open(
                JobReporterProperties.fromEnvironment(
                        Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()), "test"),
                InstantSource.system());
        try (reporter;
                ReportedJob job = reporter.start("nightly-report")) {
            id = job.id();
            job.stage("load");
            job.succeed(Map.of("rows", 3));
        }

        JobEventCodec codec = new JobEventCodec();
        assertThat(broker.records(KafkaTopic.JOB_EVENTS.name()))
                .filteredOn(record -> new String(requireNonNull(record.key()), UTF_8).equals(id.toString()))
                .extracting(record -> codec.decode(record.requireValue()).type())
                .containsExactly(
                        JobEventType.STARTED,
                        JobEventType.STAGE_STARTED,
                        JobEventType.STAGE_SUCCEEDED,
                        JobEventType.SUCCEEDED);
        assertThat(reporter.counts().lost()).isZero();
    }
}
