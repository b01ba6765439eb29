package io.gonkapulse.networksimulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when a test moves it, forwards or backwards. Thread-safe. */
public final class SteppedClock implements InstantSource {

    private Instant now;

    private SteppedClock(Instant start) {
        now = start;
    }

    public static SteppedClock at(Instant start) {
        return new SteppedClock(start);
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    public synchronized void setTo(Instant instant) {
        now = instant;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }
}
