package io.gonkapulse.jobrecorder.merge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Joins of times of which some are unknown. */
final class Times {

    private Times() {}

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}
