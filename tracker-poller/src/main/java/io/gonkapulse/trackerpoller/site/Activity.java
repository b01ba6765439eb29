package io.gonkapulse.trackerpoller.site;

import java.time.Duration;

/** When something last came from the other side. */
final class Activity {

    private volatile long lastNanos = System.nanoTime();

    void happened() {
        lastNanos = System.nanoTime();
    }

    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }
}
