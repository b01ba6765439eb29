package io.gonkapulse.trackerpoller.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what a site says was true. */
public final class Moments {

    private Moments() {}

    /** The best of what is known, but never after it arrived: a clock elsewhere may be ahead of ours. */
    public static Instant observed(Instant arrivedAt, @Nullable Instant... bestFirst) {
        for (Instant moment : bestFirst) {
            if (moment != null && moment.isAfter(Instant.EPOCH)) {
                return moment.isBefore(arrivedAt) ? moment : arrivedAt;
            }
        }
        return arrivedAt;
    }

    /** A moment that is set: 1970 and all before it stand for none. */
    public static @Nullable Instant ifSet(@Nullable Instant moment) {
        return moment == null || !moment.isAfter(Instant.EPOCH) ? null : moment;
    }
}
