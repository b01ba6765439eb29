package io.gonkapulse.jobreporter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Lets running jobs report that they run. Thread-safe. */
final class HeartbeatSchedule {

    /** A third of the shortest lease. */
    private static final long CHECK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(333);

    private final Set<BufferedJob> running = ConcurrentHashMap.newKeySet();
    private final DaemonLoop loop =
            new DaemonLoop("job-reporter-heartbeats", CHECK_INTERVAL_NANOS, this::reportDueHeartbeats);

    void start() {
        loop.start();
    }

    void add(BufferedJob job) {
        running.add(job);
        loop.wake();
    }

    void remove(BufferedJob job) {
        running.remove(job);
    }

    private long reportDueHeartbeats() {
        running.forEach(BufferedJob::reportHeartbeatIfDue);
        return running.isEmpty() ? DaemonLoop.Step.NO_WORK : CHECK_INTERVAL_NANOS;
    }

    void stop(long nanos) throws InterruptedException {
        loop.stop(nanos);
    }
}
