package io.gonkapulse.migrations.flyway;

import io.gonkapulse.migrations.database.TimeLimits;
import java.time.Duration;

/**
 * How patient a run is.
 *
 * @param databaseWait for a database that is not there yet
 * @param lockWait for another run to end
 */
public record RunOptions(Duration databaseWait, Duration lockWait, TimeLimits limits) {

    public static final RunOptions DEFAULT =
            new RunOptions(Duration.ofSeconds(60), Duration.ofMinutes(10), TimeLimits.FROM_HEADERS);
}
