package io.gonkapulse.quickstart;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** What the user sees: a line for each part, and how long it took. Details are in the log file. */
final class Screen {

    private static final String INDENT = " ".repeat(20);

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begin;
    private Instant stepBegin;

    Screen(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begin = clock.instant();
        this.stepBegin = begin;
    }

    void title(Path data, Path log) {
        print("%nGonka Pulse quickstart%n%n  data              %s%n  log               %s%n%n", data, log);
    }

    void starting() {
        stepBegin = clock.instant();
    }

    void failedToStart(String name) {
        print("  %-17s did not start%n", name);
    }

    /** Whole lines only: a JVM prints warnings whenever it likes, and not into the middle of one of ours. */
    void started(String name, List<String> addresses) {
        print("  %-17s %s  (%s)%n", name, addresses.get(0), since(stepBegin));
        addresses.stream().skip(1).forEach(address -> print("%s%s%n", INDENT, address));
    }

    /** Something that goes on while everything runs. */
    void progress(String name, String what) {
        print("  %-17s %s%n", name, what);
    }

    void ready() {
        print("%nReady in %s. Ctrl-C stops it.%n%n", since(begin));
    }

    void gaveUp(RuntimeException fault) {
        print("%n%s%n", String.valueOf(fault.getMessage()));
    }

    void stopping() {
        stepBegin = clock.instant();
        print("%nStopping%n");
    }

    void stopped(String name) {
        print("  %-17s stopped%n", name);
    }

    void failedToStop(String name, RuntimeException failure) {
        print("  %-17s did not stop cleanly: %s%n", name, String.valueOf(failure.getMessage()));
    }

    void allStopped() {
        print("Stopped in %s; the data stays for the next start.%n", since(stepBegin));
    }

    private String since(Instant start) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(start, clock.instant()).toMillis() / 1_000.0);
    }

    private void print(String format, Object... arguments) {
        out.printf(Locale.ROOT, format, arguments);
    }
}
