package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import java.util.function.DoubleSupplier;

/** Alternates the limits and the service in one JVM, so that all are equally warm. */
final class WriterWorkloadMain {

    private WriterWorkloadMain() {}

    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        int records = Integer.parseInt(args[2]);
        ParseOnlyConsumer reading = new ParseOnlyConsumer(args[0], false);
        ParseOnlyConsumer parsing = new ParseOnlyConsumer(args[0], true);
        DrainRunner drain = new DrainRunner(args[0], args[1]);
        for (int iteration = Integer.parseInt(args[3]); iteration > 0; iteration--) {
            reportRate(WriterWorkload.READ, () -> reading.run(records));
            reportRate(WriterWorkload.PARSE, () -> parsing.run(records));
            drain.resetOffsets();
            reportRate(WriterWorkload.DRAIN, () -> drain.run(records));
        }
        System.exit(0);
    }

    private static void reportRate(WriterWorkload workload, DoubleSupplier work) {
        ForkedProcess.report(workload + " " + work.getAsDouble());
    }
}
