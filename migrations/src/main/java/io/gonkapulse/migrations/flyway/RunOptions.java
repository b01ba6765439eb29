package io.gonkapulse.migrations.flyway;

import io.gonkapulse.migrations.database.TimeLimits;
import java.time.Duration;

/**
 * Timeouts of a run.
 *
 * @param databaseWait how long to wait until the database accepts connections
 * @param lockWait how long to wait for another run to finish
 */
public record RunOptions(Duration databaseWait, Duration lockWait, TimeLimits limits) {

    /** Also the defaults of the command line, whose help states them. */
    public static final RunOptions DEFAULT =
            new RunOptions(Duration.ofSeconds(60), Duration.ofMinutes(10), TimeLimits.FROM_HEADERS);
}
