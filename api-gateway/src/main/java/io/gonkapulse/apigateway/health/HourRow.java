package io.gonkapulse.apigateway.health;

import java.time.Instant;

/**
 * The minutes of an hour as bits; minute 0 is the lowest.
 *
 * @param seen minutes with a snapshot
 * @param unhealthy minutes that the node was unhealthy; it may have been jailed as well
 * @param jailed minutes that the node was jailed
 */
record HourRow(Instant hour, long seen, long unhealthy, long jailed) {

    private static final int MINUTES = 60;

    /** A jailed minute counts as jailed, whatever else it was. */
    MinuteState at(int minute) {
        if (has(jailed, minute)) {
            return MinuteState.JAILED;
        }
        if (has(unhealthy, minute)) {
            return MinuteState.UNHEALTHY;
        }
        return has(seen, minute) ? MinuteState.HEALTHY : MinuteState.UNSEEN;
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

    private static boolean has(long word, int minute) {
        return minute < MINUTES && (word >>> minute & 1) == 1;
    }
}
