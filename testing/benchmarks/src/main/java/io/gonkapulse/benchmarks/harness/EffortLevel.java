package io.gonkapulse.benchmarks.harness;

/** Duration and repetitions of a measurement. */
public enum EffortLevel {
    QUICK(1, 1, 1, 1),
    FULL(3, 3, 5, 2);

    private final int forks;
    private final int warmupIterations;
    private final int iterations;
    private final int seconds;

    EffortLevel(int forks, int warmupIterations, int iterations, int seconds) {
        this.forks = forks;
        this.warmupIterations = warmupIterations;
        this.iterations = iterations;
        this.seconds = seconds;
    }

    /** Repetitions that need a new process. */
    public int forks() {
        return forks;
    }

    /** Iterations that are run and not counted. */
    public int warmupIterations() {
        return warmupIterations;
    }

    public int iterations() {
        return iterations;
    }

    /** Duration of an iteration. */
    public int seconds() {
        return seconds;
    }
}
