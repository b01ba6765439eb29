package io.gonkapulse.networksimulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that starts at a given instant and runs at a multiple of another clock's speed. */
public final class AcceleratedClock implements InstantSource {

    private final InstantSource pace;
    private final Instant paceAtStart;
    private final Instant start;
    private final BigDecimal speed;

    private AcceleratedClock(Instant start, double speed, InstantSource pace) {
        this.pace = pace;
        this.paceAtStart = pace.instant();
        this.start = start;
        this.speed = BigDecimal.valueOf(speed);
    }

    /** Creates a clock that advances {@code speed} seconds per second of {@code pace}. */
    public static AcceleratedClock from(Instant start, double speed, InstantSource pace) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("Expected a positive speed, got " + speed);
        }
        return new AcceleratedClock(start, speed, pace);
    }

    @Override
    public Instant instant() {
        // Exact decimal arithmetic: a double cannot hold large numbers of nanoseconds exactly.
        Duration passed = Duration.between(paceAtStart, pace.instant());
        BigDecimal nanos = BigDecimal.valueOf(passed.toNanos()).multiply(speed);
        return start.plusNanos(nanos.setScale(0, RoundingMode.FLOOR).longValueExact());
    }
}
