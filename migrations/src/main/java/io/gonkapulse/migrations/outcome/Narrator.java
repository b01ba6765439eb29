package io.gonkapulse.migrations.outcome;

/** Hears, line by line, what a run does. */
@FunctionalInterface
public interface Narrator {

    void say(String line);

    default void warn(String line) {
        say("Warning: " + line);
    }
}
