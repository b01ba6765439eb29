package io.gonkapulse.trackerpoller.trackerapi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what a site says was true. */
public final class ObservedTimeResolver {

    private ObservedTimeResolver() {}

    /** The best of what is known, but never after it arrived: a clock elsewhere may be ahead of ours. */
    public static Instant resolve(Instant arrivedAt, @Nullable Instant... bestFirst) {
        for (Instant moment : bestFirst) {
            if (moment != null && moment.isAfter(Instant.EPOCH)) {
                return moment.isBefore(arrivedAt) ? moment : arrivedAt;
            }
        }
        return arrivedAt;
    }

    /** A moment that is set: 1970 and all before it stand for none. */
    public static @Nullable Instant nullIfUnset(@Nullable Instant moment) {
        return moment == null || !moment.isAfter(Instant.EPOCH) ? null : moment;
    }
}
