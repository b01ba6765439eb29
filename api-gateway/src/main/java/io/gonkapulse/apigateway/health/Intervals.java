package io.gonkapulse.apigateway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts minutes together into times of one state. Trackers are not asked every minute, so a state is taken to last over a
 * few minutes that nobody saw; a longer silence ends it.
 */
final class Intervals {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);
    private static final int MINUTES_OF_HOUR = 60;

    private final List<StateInterval> done = new ArrayList<>();
    private MinuteState state = MinuteState.UNSEEN;
    private Instant from = Instant.MIN;
    private Instant lastSeen = Instant.MIN;

    private Intervals() {}

    static List<StateInterval> of(List<HourRow> hours) {
        Intervals intervals = new Intervals();
        hours.forEach(intervals::add);
        intervals.end(intervals.lastSeen.plus(intervals.state == MinuteState.UNSEEN ? Duration.ZERO : MINUTE));
        return intervals.done;
    }

    private void add(HourRow row) {
        for (int minute = 0; minute < MINUTES_OF_HOUR; minute++) {
            MinuteState next = row.at(minute);
            if (next != MinuteState.UNSEEN) {
                add(row.hour().plus(Duration.ofMinutes(minute)), next);
            }
        }
    }

    private void add(Instant minute, MinuteState next) {
        boolean silence = state != MinuteState.UNSEEN
                && Duration.between(lastSeen, minute).compareTo(LONGEST_SILENCE) > 0;
        if (next != state || silence) {
            end(silence ? lastSeen.plus(MINUTE) : minute);
            state = next;
            from = minute;
        }
        lastSeen = minute;
    }

    private void end(Instant to) {
        if (state != MinuteState.UNSEEN) {
            done.add(new StateInterval(state.word(), from, to));
        }
    }
}
