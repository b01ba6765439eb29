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

    private final List<NodeHealthResponse.StateInterval> intervals = new ArrayList<>();
    private HealthHourRow.MinuteState state = HealthHourRow.MinuteState.UNSEEN;
    private Instant from = Instant.MIN;
    private Instant lastSeen = Instant.MIN;

    private StateIntervalBuilder() {}

    static List<NodeHealthResponse.StateInterval> build(List<HealthHourRow> hours) {
        StateIntervalBuilder builder = new StateIntervalBuilder();
        hours.forEach(builder::addHour);
        builder.closeInterval(
                builder.lastSeen.plus(builder.state == HealthHourRow.MinuteState.UNSEEN ? Duration.ZERO : MINUTE));
        return builder.intervals;
    }

    private void addHour(HealthHourRow row) {
        for (int minute = 0; minute < MINUTES_PER_HOUR; minute++) {
            HealthHourRow.MinuteState next = row.stateAt(minute);
            if (next != HealthHourRow.MinuteState.UNSEEN) {
                addMinute(row.hour().plus(Duration.ofMinutes(minute)), next);
            }
        }
    }

    private void addMinute(Instant minute, HealthHourRow.MinuteState next) {
        boolean gap = state != HealthHourRow.MinuteState.UNSEEN
                && Duration.between(lastSeen, minute).compareTo(MAX_GAP) > 0;
        if (next != state || gap) {
            closeInterval(gap ? lastSeen.plus(MINUTE) : minute);
            state = next;
            from = minute;
        }
        lastSeen = minute;
    }

    private void closeInterval(Instant to) {
        if (state != HealthHourRow.MinuteState.UNSEEN) {
            intervals.add(new NodeHealthResponse.StateInterval(state.apiName(), from, to));
        }
    }
}
