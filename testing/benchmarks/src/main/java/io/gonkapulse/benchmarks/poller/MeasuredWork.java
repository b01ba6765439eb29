package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.results.Effort;
import java.time.Duration;
import java.util.function.DoubleConsumer;

/** Does the same again and again. */
record MeasuredWork(Work work) {

    /** Each round says how many participants it did per second. */
    void rounds(Effort effort, DoubleConsumer rates) {
        long nanos = Duration.ofSeconds(effort.seconds()).toNanos();
        for (int i = 0; i < effort.warmups(); i++) {
            round(nanos);
        }
        for (int i = 0; i < effort.rounds(); i++) {
            rates.accept(round(nanos));
        }
    }

    private double round(long atLeast) {
        long begin = System.nanoTime();
        long done = 0;
        long took;
        do {
            done += work.once();
            took = System.nanoTime() - begin;
        } while (took < atLeast);
        return done * 1e9 / took;
    }
}
