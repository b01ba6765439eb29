package io.gonkapulse.chaos;

import io.gonkapulse.networksimulator.AcceleratedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of one face of the network: fast, so that epochs end and days begin while faults go on; and it can jump. It
 * starts most of a day back, because an older answer is stale, and never comes near the present, because no answer is
 * believed to speak of the future.
 */
final class ChainClock implements InstantSource {

    static final Duration START_OFFSET = Duration.ofHours(22);

    private static final Duration MIN_DISTANCE = Duration.ofHours(3);

    private final AcceleratedClock accelerated;
    private final InstantSource present;
    private Duration offset = Duration.ZERO;

    ChainClock(AcceleratedClock accelerated, InstantSource present) {
        this.accelerated = accelerated;
        this.present = present;
    }

    synchronized void jump(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        Instant paced = accelerated.instant();
        Instant latest = present.instant().minus(MIN_DISTANCE);
        return (paced.isBefore(latest) ? paced : latest).plus(offset);
    }
}
