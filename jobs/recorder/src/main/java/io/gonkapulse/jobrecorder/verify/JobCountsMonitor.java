package io.gonkapulse.jobrecorder.verify;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the newest two days and sets the meter to the number of differences. */
public final class JobCountsMonitor {

    private static final int LIMIT = 100;
    private static final AdvisoryLock LOCK = new AdvisoryLock(7_320_519_823_364_113L);
    private static final Logger LOG = LoggerFactory.getLogger(JobCountsMonitor.class);

    private final ExclusiveTaskRunner tasks;
    private final AtomicReference<Double> differences = new AtomicReference<>(Double.NaN);

    public JobCountsMonitor(ExclusiveTaskRunner tasks, MeterRegistry meters) {
        this.tasks = tasks;
        Gauge.builder(PulseMeter.JOBS_COUNT_DIFFERENCES.id(), differences, AtomicReference::get)
                .description(PulseMeter.JOBS_COUNT_DIFFERENCES.description())
                .register(meters);
    }

    /** A failure keeps the last value: the database may be unavailable for a while. */
    public void verify() {
        tasks.run(LOCK, (database, now) -> {
            LocalDate yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
            List<String> found = new JobCountsCheck(database).runSince(yesterday, LIMIT);
            found.forEach(difference -> LOG.warn("The counts of jobs differ from their rows: {}", difference));
            differences.set((double) found.size());
        });
    }
}
