package io.gonkapulse.apigateway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins minutes of the same state into intervals. Trackers are not polled every minute, so a state continues over a gap
 * of up to ten minutes. A longer gap ends the interval.
 */
final class StateIntervalBuilder {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MAX_GAP = Duration.ofMinutes(10);
    private static final int MINUTES_PER_HOUR = 60;

    private final List<StateInterval> intervals = new ArrayList<>();
    private MinuteState state = MinuteState.UNSEEN;
    private Instant from = Instant.MIN;
    private Instant lastSeen = Instant.MIN;

    private StateIntervalBuilder() {}

    static List<StateInterval> build(List<HealthHourRow> hours) {
        StateIntervalBuilder builder = new StateIntervalBuilder();
        hours.forEach(builder::addHour);
        builder.closeInterval(builder.lastSeen.plus(builder.state == MinuteState.UNSEEN ? Duration.ZERO : MINUTE));
        return builder.intervals;
    }

    private void addHour(HealthHourRow row) {
        for (int minute = 0; minute < MINUTES_PER_HOUR; minute++) {
            MinuteState next = row.stateAt(minute);
            if (next != MinuteState.UNSEEN) {
                addMinute(row.hour().plus(Duration.ofMinutes(minute)), next);
            }
        }
    }

    private void addMinute(Instant minute, MinuteState next) {
        boolean gap = state != MinuteState.UNSEEN
                && Duration.between(lastSeen, minute).compareTo(MAX_GAP) > 0;
        if (next != state || gap) {
            closeInterval(gap ? lastSeen.plus(MINUTE) : minute);
            state = next;
            from = minute;
        }
        lastSeen = minute;
    }

    private void closeInterval(Instant to) {
        if (state != MinuteState.UNSEEN) {
            intervals.add(new StateInterval(state.apiName(), from, to));
        }
    }
}
