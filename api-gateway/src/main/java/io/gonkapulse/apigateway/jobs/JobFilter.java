package io.gonkapulse.apigateway.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a page; null and empty mean no filter.
 *
 * @param states sorted and without repetition
 * @param searchText part of the bot's id, or the beginning of the job's id; in lower case
 * @param from first time of the oldest jobs
 * @param to jobs of this first time and later ones are excluded
 */
record JobFilter(
        List<String> states,
        @Nullable String bot,
        @Nullable String createdBy,
        @Nullable UUID parent,
        @Nullable String searchText,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Whether the counts of quarter hours have the number of jobs. */
    boolean isCounted() {
        return createdBy == null
                && parent == null
                && searchText == null
                && JobTimeParser.isQuarterHour(from)
                && JobTimeParser.isQuarterHour(to);
    }
}
