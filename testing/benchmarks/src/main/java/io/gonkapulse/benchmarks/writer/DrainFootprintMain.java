package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.benchmarks.process.ProcessMemoryReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** Drains the rest of a backlog with the service alone in its JVM and reports the memory. */
final class DrainFootprintMain {

    private DrainFootprintMain() {}

    /**
     * Reports peak heap and peak resident set, in bytes.
     *
     * @param args bootstrap servers, JDBC URL, records in the topic
     */
    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        new DrainRunner(args[0], args[1]).run(Integer.parseInt(args[2]));
        ForkedProcess.report(heapPeakBytes() + " " + ProcessMemoryReader.peakResidentBytes());
        System.exit(0);
    }

    /** Slightly too high: the pools peak at different moments. */
    private static long heapPeakBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
