package io.gonkapulse.quickstart.security;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A program in a process of its own, with the settings that it is given and no others, and with all that it says. */
final class SecuredServiceProcess implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 120;

    private final Process process;
    private final Path output;

    private SecuredServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static SecuredServiceProcess start(Class<?> main, Path output, Map<String, String> settings, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(settings);
        return new SecuredServiceProcess(builder.start(), output);
    }

    /** That of the tests without this module's own: how the quickstart logs is not how a service does. */
    private static String classPath() {
        Path own = Path.of("target").toAbsolutePath();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(own))
                .collect(Collectors.joining(File.pathSeparator));
    }

    String readOutput() throws IOException {
        return Files.readString(output);
    }

    private String outputEnd() throws IOException {
        String all = readOutput();
        return all.substring(Math.max(0, all.length() - 4_000));
    }

    /** Until it has said this. */
    void awaitOutput(String expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!readOutput().contains(expected)) {
            if (process.waitFor(100, MILLISECONDS) || System.nanoTime() > deadline) {
                throw new AssertionError("Expected \"" + expected + "\" of:\n…" + outputEnd());
            }
        }
    }

    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, SECONDS)) {
            throw new AssertionError("Expected an end of:\n…" + outputEnd());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
