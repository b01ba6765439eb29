package io.gonkapulse.trackerpoller.trackerapi;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest epochs that chain nodes polled here have told of late. A tracker says what it likes of the running epoch; a
 * chain node knows.
 */
public final class ChainEpochRegistry {

    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** Nodes are polled from time to time, so that a tracker may have seen a new epoch first. */
    private static final int EPOCHS_AHEAD = 1;

    private final Map<String, EpochReport> reportsByUrl = new ConcurrentHashMap<>();

    private record EpochReport(long epoch, Instant at) {}

    public void report(String site, long latestEpoch, Instant at) {
        reportsByUrl.put(site, new EpochReport(latestEpoch, at));
    }

    /** The largest epoch that may run now; empty while no chain node was heard. */
    public OptionalLong largestPossible(Instant now) {
        return reportsByUrl.values().stream()
                .filter(report -> !report.at().plus(MAX_AGE).isBefore(now))
                .mapToLong(report -> report.epoch() + EPOCHS_AHEAD)
                .max();
    }
}
