package io.gonkapulse.chaos;

import io.gonkapulse.testkit.network.time.AcceleratedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of one face of the network: fast, so that epochs end and days begin while faults go on; and it can jump. It
 * starts most of a day back, because an older answer is stale, and never comes near the present, because no answer is
 * believed to speak of the future.
 */
final class ChainClock implements InstantSource {

    static final Duration BACK = Duration.ofHours(22);

    private static final Duration NEAREST = Duration.ofHours(3);

    private final AcceleratedClock pace;
    private final InstantSource present;
    private Duration ahead = Duration.ZERO;

    ChainClock(AcceleratedClock pace, InstantSource present) {
        this.pace = pace;
        this.present = present;
    }

    synchronized void step(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        Instant paced = pace.instant();
        Instant nearest = present.instant().minus(NEAREST);
        return (paced.isBefore(nearest) ? paced : nearest).plus(ahead);
    }
}
