package io.gonkapulse.localservers;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program of the machine, run without the user's terminal and the user's settings. */
record SystemCommand(List<String> commandLine) {

    record ProcessResult(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Waits for its end. */
    ProcessResult run() {
        try {
            Path output = Files.createTempFile("output", null);
            try {
                Process process = start(output);
                awaitEnd(process);
                return new ProcessResult(
                        process.exitValue(), Files.readString(output).strip());
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + commandLine.get(0), e);
        }
    }

    /** Leaves it running; it writes into a file, because a pipe would tie its life to ours. */
    Process start(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine)
                .redirectInput(new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        isolateEnvironment(builder.environment());
        return builder.start();
    }

    private void awaitEnd(Process process) {
        try {
            if (!process.waitFor(2, MINUTES)) {
                process.destroyForcibly();
                throw new LocalServerFailedException(
                        "Expected " + commandLine + " to end within two minutes; it was killed");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LocalServerFailedException("Interrupted while " + commandLine + " ran; it was stopped", e);
        }
    }

    /** What the user's shell says of PostgreSQL is meant for other servers; and messages are read in English. */
    private static void isolateEnvironment(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
    }
}
