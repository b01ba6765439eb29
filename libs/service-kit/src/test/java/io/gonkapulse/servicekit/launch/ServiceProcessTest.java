package io.gonkapulse.servicekit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.process.ProgramProcess;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that need a process: signals and a real environment. */
@Timeout(60)
@Tag("process")
class ServiceProcessTest {

    private static final Map<String, String> REQUIRED_SETTINGS =
            Map.of("DATABASE_URL", "postgres://u:s3cret@127.0.0.1:1/d", "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    private static final int KILLED_BY_SIGTERM = 128 + 15;

    @Test
    void stopsCleanlyOnSignal() {
        try (ProgramProcess program = start(Map.of())) {
            program.awaitLine("^started$");
            assertThat(program.terminate()).isEqualTo(KILLED_BY_SIGTERM);
            assertThat(program.outputText().lines()).contains("stopped");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SAMPLE_PARTS_0_COLOUR, blue, 'one of RED, GREEN'",
        "SAMPLE_PARTS_0_MAX_COUNT, many, a whole number",
        "SAMPLE_BATCH_SIZE, many, a whole number"
    })
    void namesInvalidEnvironmentVariable(String name, String value, String expected) {
        try (ProgramProcess program = start(Map.of(name, value))) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.errorText().lines())
                    .containsExactly("Error: " + name + ": expected " + expected + ", got \"" + value + '"');
        }
    }

    @Test
    void logsJsonInEcsFormat() {
        try (ProgramProcess program = start(Map.of("LOG_FORMAT", "ecs"))) {
            program.awaitLine("^started$");
            assertThat(program.terminate()).isEqualTo(KILLED_BY_SIGTERM);
            assertThat(program.outputText().lines().takeWhile(line -> !line.equals("started")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"@timestamp\":"));
            assertThat(program.outputText().lines()).contains("stopped");
        }
    }

    private static ProgramProcess start(Map<String, String> settings) {
        return ProgramProcess.of(SampleMain.class)
                .environment(REQUIRED_SETTINGS)
                .environment(settings)
                .separateErrors()
                .start();
    }
}
