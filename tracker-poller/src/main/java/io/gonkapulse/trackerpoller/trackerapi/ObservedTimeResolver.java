package io.gonkapulse.trackerpoller.trackerapi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides at which time a response was true. */
public final class ObservedTimeResolver {

    private ObservedTimeResolver() {}

    /** The first known time, capped at the arrival: the tracker's clock may be ahead of ours. */
    public static Instant resolve(Instant arrivedAt, @Nullable Instant... bestFirst) {
        for (Instant moment : bestFirst) {
            if (moment != null && moment.isAfter(Instant.EPOCH)) {
                return moment.isBefore(arrivedAt) ? moment : arrivedAt;
            }
        }
        return arrivedAt;
    }

    /** Go and Python send 1970 or earlier for an unset time. */
    public static @Nullable Instant nullIfUnset(@Nullable Instant moment) {
        return moment == null || !moment.isAfter(Instant.EPOCH) ? null : moment;
    }
}
