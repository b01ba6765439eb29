package io.gonkapulse.jobrecorder;

import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.servicekit.settings.SettingLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the job-recorder.
 *
 * @param defaultLease how long a running job counts as running if its events name no lease
 * @param lostInterval time between two searches for lost jobs
 * @param rollInterval time between two checks of the partitions
 * @param migrationsInterval time between two searches for migrations that ran
 * @param verifyInterval time between two comparisons of the newest counts with their rows
 * @param metricsInterval time between two updates of the meters
 */
@ConfigurationProperties("recorder")
public record JobRecorderProperties(
        @DefaultValue("24h") Duration defaultLease,

        @DefaultValue("5s") Duration lostInterval,

        @DefaultValue("10m") Duration rollInterval,

        @DefaultValue("1m") Duration migrationsInterval,

        @DefaultValue("1h") Duration verifyInterval,

        @DefaultValue("15s") Duration metricsInterval) {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    public JobRecorderProperties {
        SettingLimits.requireAtLeast("RECORDER_DEFAULT_LEASE", defaultLease, JobLimits.MIN_LEASE);
        SettingLimits.requireAtLeast("RECORDER_LOST_INTERVAL", lostInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("RECORDER_ROLL_INTERVAL", rollInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("RECORDER_MIGRATIONS_INTERVAL", migrationsInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("RECORDER_VERIFY_INTERVAL", verifyInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("RECORDER_METRICS_INTERVAL", metricsInterval, MIN_INTERVAL);
    }

    /**
     * How long the audit trail is kept.
     *
     * @param retention as long as the topic retains its events
     */
    @ConfigurationProperties("audit")
    public record AuditRetention(@DefaultValue("90d") Duration retention) {

        public AuditRetention {
            SettingLimits.requireAtLeast("AUDIT_RETENTION", retention, Duration.ofDays(1));
        }
    }
}
