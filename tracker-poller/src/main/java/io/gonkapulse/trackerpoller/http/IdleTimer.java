package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** Measures how long nothing was received. */
final class IdleTimer {

    private volatile long lastNanos = System.nanoTime();

    void reset() {
        lastNanos = System.nanoTime();
    }

    Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }
}
