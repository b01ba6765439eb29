package io.gonkapulse.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program in its own JVM. It reports results on standard output in lines with a prefix and stops when its standard
 * input is closed. Thus it ends even if its parent is killed.
 */
public final class ForkedProcess implements AutoCloseable {

    /** Libraries print to standard output too; the prefix separates reports from their lines. */
    private static final String REPORT_PREFIX = "= ";

    private static final int STOP_TIMEOUT_SECONDS = 30;

    private final Process process;
    private final BufferedReader lines;

    private ForkedProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Uses the class path that {@link ForkClassPath} prepared, and the {@code -XX} options of this JVM: tests have some
     * for a fast start, benchmarks have none.
     */
    public static ForkedProcess start(List<String> jvmOptions, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ForkedProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + program.getName(), e);
        }
    }

    /** In the child: reports one line to the parent. */
    public static void report(String line) {
        System.out.println(REPORT_PREFIX + line);
    }

    /** In the child: blocks until the parent stops it or ends. */
    public static void awaitStop() throws IOException {
        System.in.readAllBytes();
    }

    /** In the child: halts the JVM when the parent stops it or ends, whatever the main thread does. */
    public static void haltOnStop() {
        Thread watcher = new Thread(ForkedProcess::awaitStopAndHalt, "halt-on-stop");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void awaitStopAndHalt() {
        try {
            awaitStop();
        } catch (IOException e) {
            // The pipe is broken: the parent has ended.
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Returns the next reported line. */
    public String nextReport() {
        return reports()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a report of process " + process.pid() + ", but it ended; see its error stream"));
    }

    /** Returns all reported lines after the process has ended by itself. */
    public List<String> allReports() {
        List<String> all = reports().toList();
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException("Expected process " + process.pid() + " to exit with status 0, got "
                    + status + "; see its error stream");
        }
        return all;
    }

    /** Processor time, in user mode and in the kernel. */
    public Duration cpuTime() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("The system does not report the processor time of process "
                        + process.pid() + " (not supported, or it has ended)"));
    }

    private Stream<String> reports() {
        return lines.lines()
                .filter(line -> line.startsWith(REPORT_PREFIX))
                .map(line -> line.substring(REPORT_PREFIX.length()));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
