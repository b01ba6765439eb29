package io.gonkapulse.jobreporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@RealInfrastructure
@Tag("process")
class RunJobKafkaTest {

    @Test
    void programReportsCommand(TestBroker broker) {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
        ProgramProcess program = ProgramProcess.of(JobsMain.class)
                .environment(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(), "JOBS_CLOSE_TIMEOUT", "60s"))
                .arguments("run", "--bot", "nightly-backup", "--", "sh", "-c", "exit 3")
                .separateErrors()
                .start();

        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.errorText()).isEmpty();
        JobEventCodec codec = new JobEventCodec();
        assertThat(broker.records(topic.name()))
                .extracting(record -> codec.decode(record.requireValue()).type())
                .containsExactly(JobEventType.STARTED, JobEventType.FAILED);
    }
}
