package io.gonkapulse.benchmarks.harness;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Measures the memory of its own JVM, in bytes. */
public final class ProcessMemoryMonitor {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_RESIDENT = "VmHWM:";

    private final Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final AtomicLong heapPeak = new AtomicLong();

    private ProcessMemoryMonitor() {}

    /** Starts to record the heap usage before each garbage collection, when it is at its peak. */
    public static ProcessMemoryMonitor start() {
        ProcessMemoryMonitor monitor = new ProcessMemoryMonitor();
        // Never unregistered: the monitor lives as long as the JVM.
        ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(collector -> ((NotificationEmitter) collector)
                        .addNotificationListener(
                                (notification, handback) -> monitor.recordCollection(notification), null, null));
        return monitor;
    }

    /** Highest heap usage so far; 0 before the first collection. */
    public long heapPeak() {
        return heapPeak.get();
    }

    private void recordCollection(Notification notification) {
        CompositeData data = (CompositeData) notification.getUserData();
        long before =
                GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageBeforeGc().entrySet().stream()
                        .filter(pool -> heap.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
        heapPeak.accumulateAndGet(before, Math::max);
    }

    /** Highest heap usage of the JVM; slightly too high, because the pools peak at different moments. */
    public static long heapPoolPeakBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Collects garbage first, so the result is the reachable heap. */
    public static long liveHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The benchmark gives the process its own temporary directory. */
    public static long temporaryFileBytes() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list the temporary files", e);
        }
    }

    public static long peakResidentBytes() {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(PEAK_RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + STATUS, e);
        }
    }
}
