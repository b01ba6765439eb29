package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** When something last came from the other side. */
final class IdleTimer {

    private volatile long lastNanos = System.nanoTime();

    void reset() {
        lastNanos = System.nanoTime();
    }

    Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }
}
