package io.gonkapulse.servicekit.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Runs promtool, which checks rules; part of Debian's package prometheus. */
final class PromtoolRunner {

    private PromtoolRunner() {}

    /** Skips the test with a message if promtool is not installed. */
    static PromtoolResult run(Path directory, String... arguments) {
        Process process = start(directory, arguments);
        try (var stream = process.getInputStream()) {
            String output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new PromtoolResult(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process start(Path directory, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort(
                    "promtool is not installed (apt-get install prometheus): the rules were not checked");
        }
    }

    record PromtoolResult(int exitCode, String output) {}
}
