package io.gonkapulse.quickstart;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Console output: a line for each component with its start time. Details are in the log file. */
final class QuickstartConsole {

    /** Aligns further addresses with the first one. */
    private static final String INDENT = " ".repeat(20);

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant startedAt;
    private Instant stepStartedAt;

    QuickstartConsole(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.stepStartedAt = startedAt;
    }

    void printHeader(Path data, Path log) {
        print("%nGonka Pulse quickstart%n%n  data              %s%n  log               %s%n%n", data, log);
    }

    void stepStarting() {
        stepStartedAt = clock.instant();
    }

    void stepFailed(String name) {
        print("  %-17s did not start%n", name);
    }

    /** Prints whole lines only: the JVM may print warnings at any moment, but not within a line. */
    void stepStarted(String name, List<String> addresses) {
        print("  %-17s %s  (%s)%n", name, addresses.get(0), elapsedSince(stepStartedAt));
        addresses.stream().skip(1).forEach(address -> print("%s%s%n", INDENT, address));
    }

    /**
     * Prints progress of background work. Called from the poller's threads; each call prints one line at once, so
     * lines do not mix.
     */
    void progress(String name, String text) {
        print("  %-17s %s%n", name, text);
    }

    void ready() {
        print("%nReady in %s. Ctrl-C stops it.%n%n", elapsedSince(startedAt));
    }

    void failed(RuntimeException failure) {
        print("%n%s%n", String.valueOf(failure.getMessage()));
    }

    void stopping() {
        stepStartedAt = clock.instant();
        print("%nStopping%n");
    }

    void stopped(String name) {
        print("  %-17s stopped%n", name);
    }

    void stopFailed(String name, RuntimeException failure) {
        print("  %-17s did not stop cleanly: %s%n", name, String.valueOf(failure.getMessage()));
    }

    void allStopped() {
        print("Stopped in %s; the data stays for the next start.%n", elapsedSince(stepStartedAt));
    }

    private String elapsedSince(Instant start) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(start, clock.instant()).toMillis() / 1_000.0);
    }

    private void print(String format, Object... arguments) {
        out.printf(Locale.ROOT, format, arguments);
    }
}
