package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;

/** Drains the backlog repeatedly with the service alone in its JVM. */
final class DrainMain {

    private DrainMain() {}

    /**
     * Reports records per second for each iteration.
     *
     * @param args bootstrap servers, JDBC URL, records in the topic, iterations
     */
    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        DrainRunner drain = new DrainRunner(args[0], args[1]);
        for (int iteration = Integer.parseInt(args[3]); iteration > 0; iteration--) {
            drain.resetOffsets();
            ForkedProcess.report(String.valueOf(drain.run(Integer.parseInt(args[2]))));
        }
        System.exit(0);
    }
}
