package io.gonkapulse.jobreporter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A wall clock that may be set, and a monotonic one that only advances. */
final class SettableTime implements InstantSource, LongSupplier {

    private volatile Instant wall = Instant.parse("2026-11-28T10:00:00Z");
    private volatile long nanos;

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }

    synchronized void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    synchronized void setWallBack(Duration time) {
        wall = wall.minus(time);
    }
}
