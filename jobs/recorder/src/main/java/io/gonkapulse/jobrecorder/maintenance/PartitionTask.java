package io.gonkapulse.jobrecorder.maintenance;

import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds the days to come, drops those past the retention, and deletes expired jobs that no day holds. */
public final class PartitionTask {

    private static final int DELETED_ROWS = 10_000;
    private static final AdvisoryLock LOCK = new AdvisoryLock(7_320_519_823_364_112L);
    private static final Logger LOG = LoggerFactory.getLogger(PartitionTask.class);

    private final ExclusiveTaskRunner tasks;
    private final Duration retention;

    public PartitionTask(ExclusiveTaskRunner tasks, Duration retention) {
        this.tasks = tasks;
        this.retention = retention;
    }

    /** Runs once; a day that is locked by a reader waits for the next run. */
    public void run() {
        tasks.run(LOCK, (database, now) -> {
            database.sql("select roll_partitions(?, make_interval(secs => ?))")
                    .params(now.atOffset(ZoneOffset.UTC), retention.toSeconds())
                    .query(String.class)
                    .list()
                    .forEach(change -> LOG.info("Partitions: {}", change));
            deleteOtherIds(database, now);
        });
    }

    private void deleteOtherIds(JdbcClient database, Instant now) {
        Instant firstKept = LocalDate.ofInstant(now.minus(retention), ZoneOffset.UTC)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        long deleted;
        do {
            deleted = database.sql("select delete_other_ids(?, ?)")
                    .params(firstKept.atOffset(ZoneOffset.UTC), DELETED_ROWS)
                    .query(Long.class)
                    .single();
            if (deleted > 0) {
                LOG.info("{} expired jobs that no day holds are deleted", deleted);
            }
        } while (deleted >= DELETED_ROWS);
    }
}
