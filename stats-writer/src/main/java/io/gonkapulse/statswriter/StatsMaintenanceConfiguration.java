package io.gonkapulse.statswriter;

import io.gonkapulse.statswriter.maintenance.StatsMaintenanceRunner;
import io.gonkapulse.statswriter.metrics.FreshnessMetrics;
import io.gonkapulse.workercore.MaintenanceSchedulerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Schedules maintenance. Contexts of commands have no consumers and run no maintenance either. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "spring.kafka.listener.auto-startup", matchIfMissing = true)
class StatsMaintenanceConfiguration implements SchedulingConfigurer {

    private final StatsMaintenanceRunner maintenance;
    private final FreshnessMetrics freshness;
    private final StatsWriterProperties properties;

    StatsMaintenanceConfiguration(
            StatsMaintenanceRunner maintenance, FreshnessMetrics freshness, StatsWriterProperties properties) {
        this.maintenance = maintenance;
        this.freshness = freshness;
        this.properties = properties;
    }

    /** One thread per task, so that a long cleanup does not delay the freshness metrics. */
    @Bean
    static ThreadPoolTaskScheduler maintenanceScheduler() {
        return MaintenanceSchedulerFactory.create(3);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(freshness::refresh, properties.metricsInterval());
        tasks.addFixedDelayTask(maintenance::recomputeUptime, properties.uptimeInterval());
        tasks.addFixedDelayTask(
                () -> maintenance.deleteExpired(properties.healthRetention(), properties.pollRetention()),
                properties.cleanupInterval());
    }
}
