package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.database.DatabaseConnectionPoller;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition, up to a minute. */
public final class Eventually {

    private Eventually() {}

    public static void isTrue(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Expected within a minute: " + what);
            }
            DatabaseConnectionPoller.pause(Duration.ofMillis(50));
        }
    }
}
