package io.gonkapulse.workercore;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Threads for what is due from time to time. Boot's own scheduler has one for all of it, whatever its pool is set to, where
 * there are virtual threads: the longest task would hold up the others.
 */
public final class MaintenanceSchedulerFactory {

    private MaintenanceSchedulerFactory() {}

    /** So many tasks run beside each other. */
    public static ThreadPoolTaskScheduler create(int threads) {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(threads);
        scheduler.setThreadNamePrefix("upkeep-");
        // Else the end of the service would first wait for what runs, which may take an hour; now it is interrupted.
        scheduler.setAcceptTasksAfterContextClose(true);
        return scheduler;
    }
}
