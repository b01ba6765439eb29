package io.gonkapulse.trackerpoller.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest epochs that chain nodes polled here have told of late. A tracker says what it likes of the running epoch; a
 * chain node knows.
 */
public final class ChainEpochs {

    private static final Duration LATE = Duration.ofMinutes(5);

    /** Nodes are polled from time to time, so that a tracker may have seen a new epoch first. */
    private static final int AHEAD = 1;

    private final Map<String, Told> toldBySite = new ConcurrentHashMap<>();

    private record Told(long epoch, Instant at) {}

    public void tell(String site, long latestEpoch, Instant at) {
        toldBySite.put(site, new Told(latestEpoch, at));
    }

    /** The largest epoch that may run now; empty while no chain node was heard. */
    public OptionalLong largest(Instant now) {
        return toldBySite.values().stream()
                .filter(told -> !told.at().plus(LATE).isBefore(now))
                .mapToLong(told -> told.epoch() + AHEAD)
                .max();
    }
}
