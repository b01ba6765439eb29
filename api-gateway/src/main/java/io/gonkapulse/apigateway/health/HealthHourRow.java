package io.gonkapulse.apigateway.health;

import java.time.Instant;

/**
 * The minutes of an hour as bits; minute 0 is the lowest.
 *
 * @param seen minutes with a snapshot
 * @param unhealthy minutes that the node was unhealthy; it may have been jailed as well
 * @param jailed minutes that the node was jailed
 */
record HealthHourRow(Instant hour, long seen, long unhealthy, long jailed) {

    private static final int MINUTES = 60;

    /** A jailed minute counts as jailed, whatever else it was. */
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
}
