package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.process.ProgramBuilder;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class RunJobProcessTest {

    private final EventSink sink;

    RunJobProcessTest() throws IOException {
        sink = EventSink.start();
    }

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void successIsReportedWithItsExitCode() {
        UUID id = UUID.fromString("0192d3a4-5f2c-7abc-8def-0123456789ab");
        ProgramProcess program = start(
                "--id", id.toString(), "--meta", "{\"day\": 3}", "--created-by", "cron", "--", "echo", "--id", "x");

        assertThat(program.exitCode()).isZero();
        assertThat(program.outputText()).isEqualTo("--id x\n");
        assertThat(sink.types()).containsExactly(JobEventType.STARTED, JobEventType.SUCCEEDED);
        assertThat(sink.events()).allSatisfy(event -> assertThat(event.jobId()).isEqualTo(id));
        assertThat(sink.events().get(0).details().meta()).isEqualTo("{\"day\":3}");
        assertThat(sink.last().details().result()).isEqualTo("{\"exitCode\":0}");
    }

    @Test
    void failureHasEndOfErrorOutput() {
        ProgramProcess program =
                start("sh", "-c", "for i in $(seq 2000); do echo line $i >&2; done; echo \"it broke\" >&2; exit 3");

        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.errorText()).startsWith("line 1\nline 2\n").endsWith("line 2000\nit broke\n");
        assertThat(requireNonNull(sink.last().details().error())).satisfies(error -> {
            assertThat(error.name()).isEqualTo("exit code 3");
            assertThat(error.message()).isEqualTo("it broke");
            assertThat(error.stack())
                    .startsWith("line ")
                    .endsWith("line 2000\nit broke")
                    .hasSizeBetween(3_900, 4_000);
        });
    }

    @Test
    void signalIsPassedOnAndReportedAsCanceled(@TempDir Path folder) {
        Path started = folder.resolve("started");
        ProgramProcess program = start(
                "sh", "-c", "trap 'echo stopping; exit 5' TERM; touch " + started + "; while :; do sleep 0.05; done");
        program.awaitCondition("the command to start", () -> Files.exists(started));

        assertThat(program.terminate()).isEqualTo(5);

        assertThat(program.outputText()).isEqualTo("stopping\n");
        assertThat(sink.types()).containsExactly(JobEventType.STARTED, JobEventType.CANCELED);
    }

    @Test
    void commandThatIgnoresNothingEndsBySignal(@TempDir Path folder) {
        Path started = folder.resolve("started");
        ProgramProcess program = start("sh", "-c", "touch " + started + "; exec sleep 600");
        program.awaitCondition("the command to start", () -> Files.exists(started));

        assertThat(program.terminate()).isEqualTo(143);

        assertThat(sink.last().type()).isEqualTo(JobEventType.CANCELED);
    }

    @Test
    void standardInputPassesThrough(@TempDir Path folder) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("input"), "first\nlast");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        JobsMain.class.getName(),
                        "run",
                        "--bot",
                        "nightly",
                        "cat")
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(sink.settings());
        builder.environment().put("JOBS_CLOSE_TIMEOUT", "60s");
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")));

        Process program = builder.start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();

        assertThat(Files.readAllBytes(output)).isEqualTo("first\nlast".getBytes(UTF_8));
    }

    @Test
    void unreachableReceiverChangesOnlyTheWarning() {
        ProgramProcess program = ProgramProcess.of(JobsMain.class)
                .environment(Map.of("JOBS_URL", "http://127.0.0.1:9", "JOBS_CLOSE_TIMEOUT", "100ms"))
                .arguments("run", "--bot", "nightly", "sh", "-c", "exit 4")
                .separateErrors()
                .start();

        assertThat(program.exitCode()).isEqualTo(4);
        assertThat(program.errorText()).contains("jobs: warning: 2 events of the job could not be reported: ");
    }

    @Test
    void missingCommandFailsTheJob() {
        ProgramProcess program = start("no-such-command");

        assertThat(program.exitCode()).isEqualTo(127);
        assertThat(program.errorText()).contains("no-such-command");
        assertThat(requireNonNull(sink.last().details().error()).name()).isEqualTo("exit code 127");
    }

    @Test
    void commandKnowsItsJob() {
        ProgramProcess program = start("printenv", "JOBS_JOB_ID");

        assertThat(program.exitCode()).isZero();
        assertThat(program.outputText().strip()).isEqualTo(sink.last().jobId().toString());
    }

    private ProgramProcess start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--bot", "nightly"));
        all.addAll(List.of(arguments));
        ProgramBuilder builder = ProgramProcess.of(JobsMain.class);
        return builder.environment(sink.settings())
                .environment(Map.of("JOBS_CLOSE_TIMEOUT", "60s"))
                .arguments(all.toArray(String[]::new))
                .separateErrors()
                .start();
    }
}
