package io.gonkapulse.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Starts components in order and stops them in reverse. If one fails to start, the started ones are stopped. */
final class ComponentStack {

    private final QuickstartConsole console;
    private final Deque<RunningComponent> running = new ArrayDeque<>();
    /** Volatile, because {@link #stop()} sets it while {@link #start(List)} holds the lock. */
    private volatile boolean stopping;

    ComponentStack(QuickstartConsole console) {
        this.console = console;
    }

    /**
     * Starts all steps, or stops the started ones and rethrows the failure. The shutdown hook may call
     * {@link #stop()} concurrently.
     *
     * @return whether all steps have started; false after {@link #stop()}
     */
    synchronized boolean start(List<StartupStep> steps) {
        for (StartupStep step : steps) {
            if (stopping) {
                return false;
            }
            start(step);
        }
        return !stopping;
    }

    private void start(StartupStep step) {
        console.stepStarting();
        try {
            StartedComponent component = step.start().get();
            running.push(new RunningComponent(step.name(), component));
            console.stepStarted(step.name(), component.addresses());
        } catch (RuntimeException e) {
            console.stepFailed(step.name());
            stop();
            throw e;
        }
    }

    /** Stops all components, even if one fails to stop. A second call does nothing. */
    void stop() {
        // Set before the lock is acquired, so that a running start ends after its current step.
        stopping = true;
        stopAll();
    }

    private synchronized void stopAll() {
        if (running.isEmpty()) {
            return;
        }
        console.stopping();
        while (!running.isEmpty()) {
            stop(running.pop());
        }
        console.allStopped();
    }

    private void stop(RunningComponent top) {
        try {
            top.component.stop().run();
            console.stopped(top.name);
        } catch (RuntimeException e) {
            console.stopFailed(top.name, e);
        }
    }

    /**
     * Starts one component; later steps depend on it.
     *
     * @param name shown on the console
     * @param start starts the component and returns when it is usable
     */
    record StartupStep(String name, Supplier<StartedComponent> start) {}

    /**
     * A started component.
     *
     * @param addresses its addresses, one line each on the console
     */
    record StartedComponent(List<String> addresses, Runnable stop) {}

    private record RunningComponent(String name, StartedComponent component) {}
}
