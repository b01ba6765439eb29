package io.gonkapulse.servicekit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    void stopsCleanlyOnSignal() throws IOException, InterruptedException {
        Process process = start(REQUIRED_SETTINGS, Map.of());
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch("started"::equals)).isTrue();
            // Process.destroy would also close the stream that the test still reads.
            process.toHandle().destroy();
            assertThat(lines.lines()).contains("stopped");
        }
        assertThat(process.waitFor()).isEqualTo(KILLED_BY_SIGTERM);
    }

    @ParameterizedTest
    @CsvSource({
        "SAMPLE_PARTS_0_COLOUR, blue, 'one of RED, GREEN'",
        "SAMPLE_PARTS_0_MAX_COUNT, many, a whole number",
        "SAMPLE_BATCH_SIZE, many, a whole number"
    })
    void namesInvalidEnvironmentVariable(String name, String value, String expected)
            throws IOException, InterruptedException {
        Process process = start(REQUIRED_SETTINGS, Map.of(name, value));
        List<String> errors;
        try (BufferedReader lines = process.errorReader()) {
            errors = lines.lines().toList();
        }
        assertThat(errors).containsExactly("Error: " + name + ": expected " + expected + ", got \"" + value + '"');
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void logsJsonInEcsFormat() throws IOException, InterruptedException {
        Process process = start(REQUIRED_SETTINGS, Map.of("LOG_FORMAT", "ecs"));
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().takeWhile(line -> !line.equals("started")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"@timestamp\":"));
            process.toHandle().destroy();
            assertThat(lines.lines()).contains("stopped");
        }
        assertThat(process.waitFor()).isEqualTo(KILLED_BY_SIGTERM);
    }

    private static Process start(Map<String, String> settings, Map<String, String> more) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SampleMain.class.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(settings);
        builder.environment().putAll(more);
        builder.redirectInput(new File("/dev/null"));
        return builder.start();
    }
}
