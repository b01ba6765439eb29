package io.gonkapulse.apigateway.health;

import java.time.Instant;
import java.util.Locale;

/**
 * One hour of health data, a bit for each minute. Minute 0 is the lowest bit.
 *
 * @param seen minutes with a snapshot
 * @param unhealthy minutes in which the node was unhealthy; it may be jailed in the same minute
 * @param jailed minutes in which the node was jailed
 */
record HealthHourRow(Instant hour, long seen, long unhealthy, long jailed) {

    private static final int MINUTES = 60;

    /** The state of a minute. Jailed has priority over unhealthy. */
    MinuteState stateAt(int minute) {
        if (isSet(jailed, minute)) {
            return MinuteState.JAILED;
        }
        if (isSet(unhealthy, minute)) {
            return MinuteState.UNHEALTHY;
        }
        return isSet(seen, minute) ? MinuteState.HEALTHY : MinuteState.UNSEEN;
    }

    int healthyMinutes() {
        return Long.bitCount(seen & ~unhealthy & ~jailed);
    }

    int unhealthyMinutes() {
        return Long.bitCount(unhealthy & ~jailed);
    }

    int jailedMinutes() {
        return Long.bitCount(jailed);
    }

    int seenMinutes() {
        return Long.bitCount(seen | unhealthy | jailed);
    }

    private static boolean isSet(long bits, int minute) {
        return minute < MINUTES && (bits >>> minute & 1) == 1;
    }

    /** The state of a node in one minute. */
    enum MinuteState {
        UNSEEN,
        HEALTHY,
        UNHEALTHY,
        JAILED;

        String apiName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
