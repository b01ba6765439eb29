package io.gonkapulse.servicekit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command that is reported as a job, in a process of its own. */
@RealInfrastructure
@Timeout(120)
@Tag("process")
class ReportedCommandProcessTest {

    private static final int KILLED_BY_SIGTERM = 128 + 15;

    @Test
    void signalCancelsJob(TestBroker broker) {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
        Map<String, String> settings = Map.of(
                "JOBS_REPORT",
                "kafka",
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "DATABASE_URL",
                "postgres://u@h:5432/d",
                "JOBS_CLOSE_TIMEOUT",
                "60s");

        try (ProgramProcess program = ProgramProcess.of(SampleMain.class)
                .environment(settings)
                .arguments("wait")
                .start()) {
            program.awaitLine("^waiting$");
            assertThat(program.terminate()).isEqualTo(KILLED_BY_SIGTERM);
            assertThat(program.outputText().lines())
                    .as("no log among the results")
                    .containsExactly("started", "waiting");
        }

        JobEventCodec codec = new JobEventCodec();
        List<JobEvent> events = broker.records(topic.name()).stream()
                .map(record -> codec.decode(record.requireValue()))
                .toList();
        assertThat(events)
                .extracting(JobEvent::type)
                .containsExactly(JobEventType.STARTED, JobEventType.STAGE_STARTED, JobEventType.CANCELED);
    }
}
