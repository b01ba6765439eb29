package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.jobs.JobResponse.Eta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates the end of a run by the moving average of earlier runs. */
final class JobEtaEstimator {

    static final int MAX_RUNS = 10;

    private static final int MIN_RUNS = 3;

    /** A shorter estimate would often be over before it is read. */
    private static final long MIN_MILLIS = Duration.ofSeconds(30).toMillis();

    private JobEtaEstimator() {}

    /**
     * Estimates the end.
     *
     * @param actualMillis of a finished run
     * @param runs milliseconds of earlier runs, at most {@link #MAX_RUNS}
     * @return null if there are too few runs
     */
    static @Nullable Eta estimate(Instant startedAt, @Nullable Long actualMillis, List<Long> runs) {
        if (runs.size() < MIN_RUNS) {
            return null;
        }
        double average = runs.stream().mapToLong(Long::longValue).average().orElseThrow();
        long millis = Math.max(MIN_MILLIS, Math.round(average));
        return new Eta(
                startedAt.plusMillis(millis),
                millis,
                percentile(runs, 50),
                percentile(runs, 90),
                actualMillis == null ? null : actualMillis - millis);
    }

    /** The smallest run that is not exceeded by the given percentage of runs. */
    private static long percentile(List<Long> runs, int percent) {
        List<Long> sorted = runs.stream().sorted().toList();
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
