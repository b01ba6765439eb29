package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import java.util.function.DoubleSupplier;

/** Alternates the limits and the service in one JVM, so that all are equally warm. */
final class WriterWorkloadMain {

    /** Names travel between JVMs. */
    enum Workload {
        READ("two consumers that only read (limit)"),
        PARSE("two consumers that only parse (limit)"),
        DRAIN("stats-writer, two consumers");

        private final String label;

        Workload(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private WriterWorkloadMain() {}

    /**
     * Reports a workload and its records per second for each run.
     *
     * @param args bootstrap servers, JDBC URL, records in the topic, iterations
     */
    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        int records = Integer.parseInt(args[2]);
        ParseOnlyConsumer reading = new ParseOnlyConsumer(args[0], false);
        ParseOnlyConsumer parsing = new ParseOnlyConsumer(args[0], true);
        DrainRunner drain = new DrainRunner(args[0], args[1]);
        for (int iteration = Integer.parseInt(args[3]); iteration > 0; iteration--) {
            reportRate(Workload.READ, () -> reading.run(records));
            reportRate(Workload.PARSE, () -> parsing.run(records));
            drain.resetOffsets();
            reportRate(Workload.DRAIN, () -> drain.run(records));
        }
        System.exit(0);
    }

    private static void reportRate(Workload workload, DoubleSupplier work) {
        ForkedProcess.report(workload + " " + work.getAsDouble());
    }
}
