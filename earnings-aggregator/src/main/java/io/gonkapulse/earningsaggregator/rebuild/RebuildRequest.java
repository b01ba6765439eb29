package io.gonkapulse.earningsaggregator.rebuild;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a rebuild.
 *
 * @param from days before it are left alone; null for all that the topic can prove
 * @param dryRun compare, and change nothing
 * @param force take a topic that was compacted; only days from which on it has every record come out right
 */
public record RebuildRequest(@Nullable LocalDate from, boolean dryRun, boolean force) {

    public RebuildRequest {
        if (force && from == null) {
            throw new IllegalArgumentException("Expected a day to begin with, where a topic with gaps is taken");
        }
    }

    public RebuildRequest(@Nullable LocalDate from, boolean dryRun) {
        this(from, dryRun, false);
    }
}
