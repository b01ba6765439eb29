package io.gonkapulse.earningsaggregator.rebuild;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a rebuild.
 *
 * @param from first day to rebuild; null for every day that the topic covers
 * @param dryRun compare only; change nothing
 * @param force accept a topic that was compacted; only days for which it has every record come out right
 */
public record RebuildRequest(@Nullable LocalDate from, boolean dryRun, boolean force) {

    public RebuildRequest {
        if (force && from == null) {
            throw new IllegalArgumentException("Expected a first day with force, got none");
        }
    }

    public RebuildRequest(@Nullable LocalDate from, boolean dryRun) {
        this(from, dryRun, false);
    }
}
