package io.gonkapulse.testkit.workload;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What jobs are counted by. */
public record ReferenceBucket(@Nullable String botId, ReferenceState state, Instant bucket) {

    private static final long BUCKET_SECONDS = 900;

    static Instant bucketOf(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), BUCKET_SECONDS) * BUCKET_SECONDS);
    }
}
