package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobLimits;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seeded random values of jobs. */
final class RandomValues {

    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Both bounds are included. */
    long between(long min, long max) {
        return random.nextLong(min, max + 1);
    }

    int betweenInts(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    /** As many values between 10 and 100 as between 100 and 1,000. */
    long logBetween(long min, long max) {
        // The result of StrictMath is the same on every platform.
        double exponent = random.nextDouble(StrictMath.log((double) min), StrictMath.log(max + 1.0));
        return Math.min(max, Math.max(min, (long) StrictMath.exp(exponent)));
    }

    @SafeVarargs
    final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> @Nullable T orNull(T value) {
        return chance(25) ? null : value;
    }

    UUID randomId() {
        return id(random.nextLong(), 4);
    }

    UUID timeOrderedId(long millis) {
        return id(millis << 16 | random.nextInt(1 << 16), 7);
    }

    private UUID id(long high, long version) {
        return new UUID((high & ~VERSION_MASK) | (version << 12), (random.nextLong() & ~VARIANT_MASK) | VARIANT);
    }

    String hex() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }

    String trace() {
        return "00-" + hex() + hex() + hex() + hex() + "-" + hex() + hex() + "-01";
    }

    /** Empty, small, unusual or too large. */
    String json(String name, long number) {
        if (chance(10)) {
            return "{}";
        }
        String rest = chance(1)
                ? ",\"text\":\"" + "y".repeat(JobLimits.MAX_JSON_BYTES) + '"'
                : oneOf("", ",\"ünï\":[\"漢字 🚀\",null,true]", ",\"ratio\":0.5,\"deep\":{\"a\":{}}");
        return "{\"" + name + "\":" + number + rest + "}";
    }

    JobError error() {
        return new JobError(
                orNull(oneOf("TimeoutException", "IOException")),
                orNull(oneOf("Expected 200, got 503", "disk \"sda\" is full\n\tat 98 %", "ünï 漢字")),
                chance(40) ? "at io.example.Job.run(Job.java:17)\n".repeat(betweenInts(1, 150)) : null);
    }
}
