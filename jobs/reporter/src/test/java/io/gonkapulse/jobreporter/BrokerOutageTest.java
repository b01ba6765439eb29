package io.gonkapulse.jobreporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class BrokerOutageTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int JOBS = 3_000;

    private final JobEventCodec codec = new JobEventCodec();

    @Test
    void losesNothingThatFitsIntoTheBuffer(DedicatedBroker broker) throws InterruptedException {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
        JobReporterProperties properties = JobReporterProperties.fromEnvironment(
                Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()), "test");
        Set<UUID> jobs = new HashSet<>();
        try (JobReporter reporter = JobReporter.open(properties, InstantSource.system())) {
            jobs.add(reportJob(reporter));
            assertThat(reporter.flush(TIMEOUT)).isTrue();

            broker.stop();
            for (int i = 0; i < JOBS; i++) {
                jobs.add(reportJob(reporter));
            }
            assertThat(reporter.buffered()).isEqualTo(3 * JOBS);
            broker.start();

            assertThat(reporter.flush(TIMEOUT)).isTrue();
            assertThat(reporter.counts().lost()).isZero();
        }

        Map<UUID, List<JobEventType>> stored = stored(broker);
        assertThat(stored.keySet()).isEqualTo(jobs);
        assertThat(stored.values())
                .allSatisfy(types -> assertThat(types)
                        .containsSubsequence(JobEventType.STARTED, JobEventType.PROGRESS, JobEventType.SUCCEEDED));
    }

    private static UUID reportJob(JobReporter reporter) {
        try (ReportedJob job = reporter.start("a")) {
            job.progress(Map.of("done", 1));
            job.succeed();
            return job.id();
        }
    }

    private Map<UUID, List<JobEventType>> stored(DedicatedBroker broker) {
        return broker.records(KafkaTopic.JOB_EVENTS.name()).stream()
                .map(record -> codec.decode(record.requireValue()))
                .collect(Collectors.groupingBy(
                        JobEvent::jobId,
                        LinkedHashMap::new,
                        Collectors.mapping(JobEvent::type, Collectors.toCollection(ArrayList::new))));
    }
}
