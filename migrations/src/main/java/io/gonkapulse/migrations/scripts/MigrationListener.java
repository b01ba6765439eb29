package io.gonkapulse.migrations.scripts;

/** Receives the progress of a run, line by line. */
@FunctionalInterface
public interface MigrationListener {

    void report(String line);

    default void warn(String line) {
        report("Warning: " + line);
    }
}
