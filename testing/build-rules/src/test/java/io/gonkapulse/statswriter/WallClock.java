package io.gonkapulse.statswriter;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Supplier;

class WallClock {

    private final InstantSource chosenHere = InstantSource.system();
    private final Supplier<Instant> byReference = Instant::now;

    Instant now() {
        return Instant.now();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    @SuppressWarnings("JavaUtilDate")
    Date date() {
        return new Date();
    }

    Instant injected() {
        return byReference.get().isAfter(chosenHere.instant()) ? Instant.EPOCH : Instant.MAX;
    }

    LocalDate fromClock(Clock clock) {
        return LocalDate.now(clock);
    }
}
