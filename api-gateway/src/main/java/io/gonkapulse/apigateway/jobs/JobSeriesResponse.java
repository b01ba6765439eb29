package io.gonkapulse.apigateway.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of a series. Empty buckets are included.
 *
 * @param bot omitted for all bots
 */
record JobSeriesResponse(
        String interval,
        String tz,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String bot,
        Instant from,
        Instant to,
        List<Bucket> items) {

    /**
     * A bucket. Accepted jobs are counted by their first time, the others by their end.
     *
     * @param localFrom begin of the bucket with the offset of the time zone
     * @param runMs average run of the jobs that ended; null if none did
     * @param complete whether the bucket is over
     */
    record Bucket(
            Instant from,
            Instant to,
            OffsetDateTime localFrom,
            boolean complete,
            long accepted,
            long succeeded,
            long failed,
            long canceled,
            @Nullable Long runMs) {}
}
