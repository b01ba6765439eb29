package io.gonkapulse.workercore;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Creates the scheduler of maintenance tasks. Spring Boot's own scheduler has a single thread when
 * virtual threads are on, whatever its pool size says, so a long task would delay the others.
 */
public final class MaintenanceSchedulerFactory {

    private MaintenanceSchedulerFactory() {}

    /** Up to {@code threads} tasks run at the same time. */
    public static ThreadPoolTaskScheduler create(int threads) {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(threads);
        scheduler.setThreadNamePrefix("maintenance-");
        // Interrupts running tasks at shutdown. By default Spring would wait for them first, and
        // one may take an hour.
        scheduler.setAcceptTasksAfterContextClose(true);
        return scheduler;
    }
}
