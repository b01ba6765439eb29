package io.gonkapulse.statswriter;

import io.gonkapulse.statswriter.freshness.FreshnessMetrics;
import io.gonkapulse.statswriter.upkeep.Upkeep;
import io.gonkapulse.workercore.upkeep.UpkeepThreads;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** When upkeep is done; a context that was opened for a command does none. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "spring.kafka.listener.auto-startup", matchIfMissing = true)
class UpkeepConfiguration implements SchedulingConfigurer {

    private final Upkeep upkeep;
    private final FreshnessMetrics freshness;
    private final StatsWriterProperties properties;

    UpkeepConfiguration(Upkeep upkeep, FreshnessMetrics freshness, StatsWriterProperties properties) {
        this.upkeep = upkeep;
        this.freshness = freshness;
        this.properties = properties;
    }

    /** One for each task: a long upkeep does not hold up the look at how fresh the tables are. */
    @Bean
    static ThreadPoolTaskScheduler upkeepThreads() {
        return UpkeepThreads.of(3);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(freshness::look, properties.lookEvery());
        tasks.addFixedDelayTask(upkeep::recomputeUptime, properties.uptimeEvery());
        tasks.addFixedDelayTask(
                () -> upkeep.removeWhatIsTooOld(properties.healthRetention(), properties.pollRetention()),
                properties.cleanEvery());
    }
}
