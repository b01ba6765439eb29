package io.gonkapulse.chaos;

import io.gonkapulse.networksimulator.AcceleratedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of one simulated endpoint: accelerated, so that epochs and days end during the faults, and able to jump.
 * It starts 22 hours back, because older responses are stale. It stays 3 hours behind, because responses from the
 * future are rejected.
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
