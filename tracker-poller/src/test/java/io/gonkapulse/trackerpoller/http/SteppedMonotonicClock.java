package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Moves only while a thread waits, and then at once. Thread-safe. */
final class SteppedMonotonicClock implements MonotonicClock {

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public void sleep(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }
}
