package io.gonkapulse.migrations.output;

/** Hears, line by line, what a run does. */
@FunctionalInterface
public interface MigrationListener {

    void report(String line);

    default void warn(String line) {
        report("Warning: " + line);
    }
}
