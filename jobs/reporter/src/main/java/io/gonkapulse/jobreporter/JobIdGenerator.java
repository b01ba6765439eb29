package io.gonkapulse.jobreporter;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes UUIDs of version 7, which sort by time. Thread-safe. */
final class JobIdGenerator {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_BITS_HIGH = 0xfffL;
    private static final long RANDOM_BITS_LOW = 0x3fff_ffff_ffff_ffffL;

    private final InstantSource clock;

    /** A secure random number for each id would cost more than the rest of a report. */
    private final long secret = new SecureRandom().nextLong();

    JobIdGenerator(InstantSource clock) {
        this.clock = clock;
    }

    UUID next() {
        long random = secret ^ ThreadLocalRandom.current().nextLong();
        long high =
                clock.millis() << 16 | VERSION_7 | (ThreadLocalRandom.current().nextLong() & RANDOM_BITS_HIGH);
        return new UUID(high, VARIANT | (random & RANDOM_BITS_LOW));
    }
}
