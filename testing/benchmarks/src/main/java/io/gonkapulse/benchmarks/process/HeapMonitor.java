package io.gonkapulse.benchmarks.process;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Records the heap usage before each garbage collection, when it is at its peak. */
public final class HeapMonitor {

    private final Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final AtomicLong peak = new AtomicLong();

    /** Starts to listen; the monitor lives as long as the JVM. */
    public static HeapMonitor start() {
        HeapMonitor monitor = new HeapMonitor();
        ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(collector -> ((NotificationEmitter) collector)
                        .addNotificationListener(
                                (notification, handback) -> monitor.recordCollection(notification), null, null));
        return monitor;
    }

    /** Highest usage so far; 0 before the first collection. */
    public long peak() {
        return peak.get();
    }

    private void recordCollection(Notification notification) {
        CompositeData data = (CompositeData) notification.getUserData();
        long before =
                GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageBeforeGc().entrySet().stream()
                        .filter(pool -> heap.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
        peak.accumulateAndGet(before, Math::max);
    }
}
