package io.gonkapulse.trackerpoller.trackerapi;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest epochs that the polled chain nodes reported. Trackers can report any running epoch; chain nodes know it.
 * Thread-safe.
 */
public final class ChainEpochRegistry {

    /** Older reports no longer limit anything, so that a dead chain node does not block trackers. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** Chain nodes are polled at intervals, so a tracker may see a new epoch first. */
    private static final int EPOCHS_AHEAD = 1;

    private final Map<String, EpochReport> reportsByUrl = new ConcurrentHashMap<>();

    private record EpochReport(long epoch, Instant at) {}

    public void report(String url, long latestEpoch, Instant at) {
        reportsByUrl.put(url, new EpochReport(latestEpoch, at));
    }

    /** The largest epoch that can run now; empty without a recent report. */
    public OptionalLong largestPossible(Instant now) {
        return reportsByUrl.values().stream()
                .filter(report -> !report.at().plus(MAX_AGE).isBefore(now))
                .mapToLong(report -> report.epoch() + EPOCHS_AHEAD)
                .max();
    }
}
