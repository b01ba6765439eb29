package io.gonkapulse.benchmarks.results;

/** How long to measure. */
public enum Effort {
    QUICK(1, 1, 1, 1),
    FULL(3, 3, 5, 2);

    private final int forks;
    private final int warmups;
    private final int rounds;
    private final int seconds;

    Effort(int forks, int warmups, int rounds, int seconds) {
        this.forks = forks;
        this.warmups = warmups;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    public int forks() {
        return forks;
    }

    public int warmups() {
        return warmups;
    }

    public int rounds() {
        return rounds;
    }

    public int seconds() {
        return seconds;
    }
}
