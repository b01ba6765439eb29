package io.gonkapulse.servicekit.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own judge of rules; it comes with Debian's package prometheus. */
final class PromtoolRunner {

    private PromtoolRunner() {}

    /** Where it is not installed the test that asks is left out, and says so. */
    static PromtoolResult run(Path directory, String... arguments) {
        Process process = start(directory, arguments);
        try (var output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new PromtoolResult(process.waitFor(), said);
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
                    "promtool is not installed (apt-get install prometheus): Prometheus itself was not asked");
        }
    }

    record PromtoolResult(int exitCode, String output) {}
}
