package io.gonkapulse.servicekit.reporting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/**
 * What a command reports of itself. A command with this picocli mixin is reported as a job, if the operator wants it;
 * otherwise nothing happens. Thread-safe.
 *
 * <pre>{@code
 * @Mixin
 * private CommandReport report = new CommandReport();
 * }</pre>
 */
@Command
public final class CommandReport {

    private final Map<String, Object> results = new LinkedHashMap<>();
    private Consumer<String> stages = name -> {};
    private Consumer<Map<String, ?>> progress = values -> {};

    /** Starts a stage and ends the one before. */
    public synchronized void stage(String name) {
        stages.accept(name);
    }

    /** Replaces the reported progress. */
    public synchronized void progress(Map<String, ?> values) {
        progress.accept(values);
    }

    /** Adds a figure to the result. */
    public synchronized void result(String name, Object value) {
        results.put(name, value);
    }

    synchronized Map<String, Object> results() {
        return new LinkedHashMap<>(results);
    }

    synchronized void attach(Consumer<String> stageListener, Consumer<Map<String, ?>> progressListener) {
        results.clear();
        stages = stageListener;
        progress = progressListener;
    }
}
