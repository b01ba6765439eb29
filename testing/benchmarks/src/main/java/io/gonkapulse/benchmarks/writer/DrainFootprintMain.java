package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Drains the rest of a backlog with the service alone in its JVM and reports the memory. */
final class DrainFootprintMain {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_RESIDENT = "VmHWM:";

    private DrainFootprintMain() {}

    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        new DrainRunner(args[0], args[1]).run(Integer.parseInt(args[2]));
        ForkedProcess.report(heapPeakBytes() + " " + peakResidentBytes());
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

    private static long peakResidentBytes() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK_RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
