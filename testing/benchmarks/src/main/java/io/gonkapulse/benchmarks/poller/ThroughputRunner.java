package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.results.EffortLevel;
import java.time.Duration;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * Repeats a task and measures its throughput.
 *
 * @param task returns the number of processed participants
 */
record ThroughputRunner(LongSupplier task) {

    /** Passes the participants per second of each iteration to {@code rates}. */
    void measure(EffortLevel effort, DoubleConsumer rates) {
        long nanos = Duration.ofSeconds(effort.seconds()).toNanos();
        for (int i = 0; i < effort.warmupIterations(); i++) {
            measureIteration(nanos);
        }
        for (int i = 0; i < effort.iterations(); i++) {
            rates.accept(measureIteration(nanos));
        }
    }

    /** Runs at least once, so that slow tasks have a result too. */
    private double measureIteration(long atLeast) {
        long begin = System.nanoTime();
        long done = 0;
        long elapsed;
        do {
            done += task.getAsLong();
            elapsed = System.nanoTime() - begin;
        } while (elapsed < atLeast);
        return done * 1e9 / elapsed;
    }
}
