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

/** A program in its own process, with only the given settings, and its output. */
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

    /** The test class path without this module's classes, whose logging configuration differs from a service's. */
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

    void awaitOutput(String expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!readOutput().contains(expected)) {
            if (process.waitFor(100, MILLISECONDS) || System.nanoTime() > deadline) {
                throw new AssertionError("Expected \"" + expected + "\" in the output:\n…" + outputEnd());
            }
        }
    }

    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, SECONDS)) {
            throw new AssertionError("Expected the process to end; its output:\n…" + outputEnd());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
