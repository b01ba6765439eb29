package io.gonkapulse.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program in its own process. Its output is in a file, which failure messages name. */
public final class ProgramProcess implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 180;
    private static final int POLL_INTERVAL_MILLIS = 50;

    /** For conditions, whose moment matters more than that of a line. */
    private static final int SHORT_INTERVAL_MILLIS = 5;

    private static final int CHARACTERS_IN_MESSAGE = 4_000;

    /** No program may outlive the test's JVM. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path output;
    private final Path errors;

    ProgramProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
        STARTED.add(process);
    }

    public static ProgramBuilder of(Class<?> main) {
        return new ProgramBuilder(main);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that the program has written, with the standard error unless that has its own file. */
    public String outputText() {
        return read(output);
    }

    /** The standard error of a program that was started with {@link ProgramBuilder#separateErrors}. */
    public String errorText() {
        return read(errors);
    }

    /** Waits until a line of the output contains a match, and fails if the program ends without one. */
    public MatchResult awaitLine(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
        long deadline = System.nanoTime() + SECONDS.toNanos(TIMEOUT_SECONDS);
        long offset = 0;
        boolean ended = !isAlive();
        while (true) {
            byte[] lines = readLines(offset, ended);
            Matcher matcher = pattern.matcher(new String(lines, UTF_8));
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
            if (ended || System.nanoTime() > deadline) {
                throw failure("a line with \"" + regex + '"');
            }
            offset += lines.length;
            ended = waitFor(POLL_INTERVAL_MILLIS, MILLISECONDS);
        }
    }

    /** Waits until something has happened outside of the program, and fails if the program ends before. */
    public void awaitCondition(String expected, BooleanSupplier condition) {
        long deadline = System.nanoTime() + SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw failure(expected);
            }
            waitFor(SHORT_INTERVAL_MILLIS, MILLISECONDS);
        }
    }

    /** Waits until the program ends by itself. */
    public int exitCode() {
        if (!waitFor(TIMEOUT_SECONDS, SECONDS)) {
            throw failure("the program to end");
        }
        return process.exitValue();
    }

    /** Sends SIGTERM and returns the exit code. */
    public int terminate() {
        process.destroy();
        return exitCode();
    }

    /** Sends SIGKILL and returns the exit code. */
    public int kill() {
        process.destroyForcibly();
        return exitCode();
    }

    public void suspend() {
        ProcessSignal.STOP.sendTo(List.of(process.toHandle()));
    }

    public void resume() {
        ProcessSignal.CONT.sendTo(List.of(process.toHandle()));
    }

    /** Kills the program if it is still running. */
    @Override
    public void close() {
        kill();
        STARTED.remove(process);
    }

    private boolean waitFor(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a program", e);
        }
    }

    private AssertionError failure(String expected) {
        String all = outputText() + (errors.equals(output) ? "" : errorText());
        return new AssertionError("Expected " + expected + ", and the program "
                + (isAlive() ? "is still running" : "ended with exit code " + process.exitValue())
                + ". Its output is in " + output + " and ends with:\n"
                + all.substring(Math.max(0, all.length() - CHARACTERS_IN_MESSAGE)));
    }

    /** Reads complete lines only, unless the program has ended: the last one may be only partly written. */
    private byte[] readLines(long offset, boolean ended) {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(file.length() - offset)];
            file.seek(offset);
            file.readFully(bytes);
            int end = bytes.length;
            while (!ended && end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return Arrays.copyOf(bytes, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
