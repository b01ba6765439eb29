package io.gonkapulse.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ProgramProcessTest {

    @TempDir
    private Path home;

    @Test
    void inheritsTimeZoneButNoVariables() {
        try (ProgramProcess program =
                echo().environment(Map.of("GIVEN", "1")).arguments("0").start()) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.awaitLine("variables \\[(.*)]").group(1).split(", ", -1))
                    .contains("GIVEN", "PATH")
                    .doesNotContain("HOME");
            assertThat(program.outputText())
                    .contains("zone " + TimeZone.getDefault().getID(), "arguments 0");
        }
    }

    @Test
    void separatesErrors() {
        try (ProgramProcess program = echo().separateErrors().arguments("3").start()) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.errorText()).isEqualTo("arguments 3\n");
            assertThat(program.outputText()).contains("zone").doesNotContain("arguments");
        }
    }

    @Test
    void endsOnSignal() {
        try (ProgramProcess program = echo().start()) {
            program.awaitLine("^arguments");
            assertThat(program.isAlive()).isTrue();
            assertThat(program.terminate()).isEqualTo(143);
            assertThat(program.isAlive()).isFalse();
        }
    }

    @Test
    void missingLineFailsWithOutputFile() {
        Path output = home.resolve("echo.log");
        try (ProgramProcess program = echo().output(output).arguments("7").start()) {
            assertThatThrownBy(() -> program.awaitLine("ready"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("\"ready\"", "exit code 7", output.toString(), "arguments 7");
        }
    }

    @Test
    void endBeforeConditionFailsWithOutput() {
        try (ProgramProcess program = echo().arguments("7").start()) {
            assertThatThrownBy(() -> program.awaitCondition("a record", () -> false))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("Expected a record", "exit code 7", "arguments 7");
            program.awaitCondition("nothing", () -> true);
        }
    }

    private static ProgramBuilder echo() {
        return ProgramProcess.of(EchoMain.class);
    }
}
