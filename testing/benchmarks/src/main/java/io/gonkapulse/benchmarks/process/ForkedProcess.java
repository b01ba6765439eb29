package io.gonkapulse.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a JVM of its own. It says what it has to say in lines that begin with a mark, and ends when told to. */
public final class ForkedProcess implements AutoCloseable {

    private static final String REPORT_PREFIX = "= ";
    private static final int STOP_TIMEOUT_SECONDS = 30;

    private final Process process;
    private final BufferedReader lines;

    private ForkedProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Uses the class path that {@link ForkClassPath} has prepared. */
    public static ForkedProcess start(List<String> jvmOptions, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
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

    /** For the program itself: says one thing to whoever started it. */
    public static void report(String line) {
        System.out.println(REPORT_PREFIX + line);
    }

    /** For the program itself: returns when whoever started it has had enough of it, or is gone. */
    public static void awaitStop() throws IOException {
        System.in.readAllBytes();
    }

    /** For the program itself: ends it when whoever started it has had enough of it, or is gone, whatever it is doing. */
    public static void haltOnStop() {
        Thread watcher = new Thread(ForkedProcess::awaitStopAndHalt, "halt-on-stop");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void awaitStopAndHalt() {
        try {
            awaitStop();
        } catch (IOException e) {
            // Nobody can tell it anything any more.
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** What it says next. */
    public String nextReport() {
        return reports()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected a word of process " + process.pid()
                        + ", but it ended; what it wrote to its error stream says why"));
    }

    /** All that it says until it ends by itself. */
    public List<String> allReports() {
        List<String> all = reports().toList();
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException("Expected process " + process.pid() + " to end well, got status " + status
                    + "; what it wrote to its error stream says why");
        }
        return all;
    }

    /** Processor time that it has taken, in user mode and in the kernel. */
    public Duration cpuTime() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(
                        "The system does not say what process " + process.pid() + " has taken, or it has ended"));
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
