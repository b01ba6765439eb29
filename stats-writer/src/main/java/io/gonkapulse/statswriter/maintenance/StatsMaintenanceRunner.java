package io.gonkapulse.statswriter.maintenance;

import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs maintenance tasks, each by one of several writers. */
public final class StatsMaintenanceRunner {

    private static final AdvisoryLock UPTIME_LOCK = new AdvisoryLock(0x676f_6e6b_6101L);
    private static final AdvisoryLock RETENTION_LOCK = new AdvisoryLock(0x676f_6e6b_6102L);
    private static final AdvisoryLock RANK_LOCK = new AdvisoryLock(0x676f_6e6b_6103L);
    private static final AdvisoryLock NETWORK_LOCK = new AdvisoryLock(0x676f_6e6b_6104L);

    private final ExclusiveTaskRunner tasks;
    private final NetworkDailyTask networkDaily = new NetworkDailyTask();

    public StatsMaintenanceRunner(JdbcTemplate jdbc, InstantSource clock) {
        this.tasks = new ExclusiveTaskRunner(jdbc, clock);
    }

    public void recomputeUptime() {
        tasks.run(UPTIME_LOCK, (session, now) -> new UptimeTask(session).recompute(now));
    }

    public void rankWeights() {
        tasks.run(RANK_LOCK, (session, now) -> new WeightRankTask(session).rank());
    }

    public void recomputeNetworkDays() {
        tasks.run(NETWORK_LOCK, networkDaily::recompute);
    }

    public void deleteExpired(Duration healthRetention, Duration pollRetention) {
        tasks.run(RETENTION_LOCK, (session, now) -> {
            RetentionTask task = new RetentionTask(session);
            task.deleteHealth(now, healthRetention);
            task.deletePolls(now, pollRetention);
        });
    }
}
