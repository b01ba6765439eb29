package io.gonkapulse.chaos;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.testkit.process.ProgramBuilder;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A program that can be started repeatedly, paused and killed. It keeps its output. */
final class ManagedProcess implements AutoCloseable {

    private final String name;
    private final ProgramBuilder program;
    private @Nullable ProgramProcess process;

    ManagedProcess(String name, Path logs, ProgramBuilder program) {
        this.name = name;
        this.program = program.output(logs.resolve(name + ".log"));
    }

    String name() {
        return name;
    }

    /** Does not wait. */
    synchronized void start() {
        process = program.start();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    void kill() {
        running().kill();
    }

    void pause() {
        running().suspend();
    }

    void resume() {
        running().resume();
    }

    int terminate() {
        return running().terminate();
    }

    private ProgramProcess running() {
        return requireNonNull(process, name);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
