package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobCreator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times and durations in the precision of the database. */
final class ReferenceTimes {

    private ReferenceTimes() {}

    static @Nullable Instant toMicros(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    static @Nullable JobCreator creatorToMicros(@Nullable JobCreator creator) {
        return creator == null ? null : new JobCreator(creator.name(), creator.role(), toMicros(creator.at()));
    }

    /** Whole milliseconds between two times in microseconds, rounded down; may be negative. */
    static long millisBetween(Instant start, Instant end) {
        long micros =
                ChronoUnit.MICROS.between(start.truncatedTo(ChronoUnit.MICROS), end.truncatedTo(ChronoUnit.MICROS));
        return Math.floorDiv(micros, 1_000L);
    }
}
