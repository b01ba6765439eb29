package io.gonkapulse.apiclients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs the tools of {@code tools/package.json}. A test is skipped where they are not installed. */
final class NodeTool {

    private static final Path INSTALLED = Path.of("tools", "node_modules", ".bin");
    private static final String MISSING = "%s is not installed: run npm ci --ignore-scripts --prefix"
            + " testing/api-clients/tools (Node.js 20.17 or newer)";

    private NodeTool() {}

    /** Returns the output of the tool; its exit code must be 0. */
    static String run(String tool, String... arguments) throws IOException, InterruptedException {
        Path program = INSTALLED.resolve(tool);
        assumeTrue(Files.isExecutable(program), MISSING.formatted(tool));
        return runProgram(program.toString(), arguments);
    }

    /** Runs a script by Node.js. */
    static String runScript(Path script, String... arguments) throws IOException, InterruptedException {
        return runProgram(
                "node",
                Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static String runProgram(String program, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(program), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as(program + " " + List.of(arguments) + "\n" + output)
                .isZero();
        return output;
    }
}
