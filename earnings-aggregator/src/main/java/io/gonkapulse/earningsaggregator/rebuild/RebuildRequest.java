package io.gonkapulse.earningsaggregator.rebuild;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a rebuild.
 *
 * @param from days before it are left alone; null for all that the topic can prove
 * @param dryRun compare, and change nothing
 */
public record RebuildRequest(@Nullable LocalDate from, boolean dryRun) {}
