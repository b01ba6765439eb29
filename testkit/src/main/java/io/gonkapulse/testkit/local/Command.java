package io.gonkapulse.testkit.local;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that runs, says something and ends. */
final class Command {

    private Command() {}

    record Outcome(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    static Outcome run(List<String> command) {
        try {
            // A pipe would stay open for as long as a server that the program leaves running.
            Path output = Files.createTempFile("output", null);
            try {
                return run(command, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + command.get(0), e);
        }
    }

    private static Outcome run(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(emptyInput()));
        settle(builder.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(2, MINUTES)) {
                process.destroyForcibly();
                throw new LocalServerFailedException(
                        "Expected " + command + " to end within two minutes; it was killed");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LocalServerFailedException("Interrupted while " + command + " ran; it was stopped", e);
        }
        return new Outcome(process.exitValue(), Files.readString(output).strip());
    }

    /** What the user's shell says of PostgreSQL is meant for other servers; and messages are read in English. */
    private static void settle(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
    }

    private static java.io.File emptyInput() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
