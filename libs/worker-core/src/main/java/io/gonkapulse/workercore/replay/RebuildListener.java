package io.gonkapulse.workercore.replay;

import java.util.function.Consumer;

/** Receives how far a rebuild is. */
@FunctionalInterface
public interface RebuildListener {

    /** A line for the operator. Called by any thread. */
    void progress(String line);

    /** The next part of the work begins. */
    default void stage(String name) {}

    static RebuildListener of(Consumer<String> lines, Consumer<String> stages) {
        return new RebuildListener() {
            @Override
            public void progress(String line) {
                lines.accept(line);
            }

            @Override
            public void stage(String name) {
                stages.accept(name);
            }
        };
    }
}
