package io.gonkapulse.localservers;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program without the user's terminal and environment settings. */
record SystemCommand(List<String> commandLine) {

    record ProcessResult(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs the program to its end. The limit is two minutes. */
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

    /** Starts the program in the background. Its output goes to a file: a pipe would break when this JVM ends. */
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
                        "Expected " + commandLine + " to end within two minutes, got no exit; killed it");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LocalServerFailedException("Interrupted while running " + commandLine + "; stopped it", e);
        }
    }

    /** Removes PG* variables, which are meant for other servers, and selects English messages, which are parsed. */
    private static void isolateEnvironment(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
    }
}
