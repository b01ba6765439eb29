package io.gonkapulse.apiclients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the tools of {@code tools/package.json}. A test is skipped where they are not installed. */
final class NodeTool {

    private static final Path INSTALLED = Path.of("tools", "node_modules", ".bin");
    private static final String MISSING = "%s is not installed: run npm ci --ignore-scripts --prefix"
            + " testing/api-clients/tools (Node.js 20.17 or newer)";

    private static final Version OLDEST = Version.parse("20.17");

    private NodeTool() {}

    /** Returns the output of the tool; its exit code must be 0. */
    static String run(String tool, String... arguments) throws IOException, InterruptedException {
        Path program = INSTALLED.resolve(tool);
        assumeTrue(Files.isExecutable(program), MISSING.formatted(tool));
        requireNode();
        return runProgram(program.toString(), arguments);
    }

    /** Runs a script by Node.js. */
    static String runScript(Path script, String... arguments) throws IOException, InterruptedException {
        requireNode();
        return runProgram(
                "node",
                Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** npm installs the tools under an older Node.js too, with a warning only. */
    private static void requireNode() throws IOException, InterruptedException {
        assumeTrue(isOnPath("node"), "node is not on the PATH");
        String version = runProgram("node", "--version").strip();
        assumeTrue(
                Version.parse(version.replaceFirst("^v", "")).compareTo(OLDEST) >= 0,
                "Node.js " + version + " is older than " + OLDEST);
    }

    private static boolean isOnPath(String program) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(directory -> new File(directory, program).canExecute());
    }

    private static String runProgram(String program, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target"), "tool", ".txt");
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(program), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, UTF_8);
        assertThat(process.exitValue())
                .as(program + " " + List.of(arguments) + "\n" + printed)
                .isZero();
        return printed;
    }
}
