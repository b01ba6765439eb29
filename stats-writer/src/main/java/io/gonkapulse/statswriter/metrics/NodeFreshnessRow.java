package io.gonkapulse.statswriter.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nodes by the tracker that their newest snapshot is of.
 *
 * @param newestFetchedAt when the newest of these snapshots was fetched
 * @param fresh neither stale nor offline
 * @param stale not offline, but old
 */
record NodeFreshnessRow(String tracker, @Nullable Instant newestFetchedAt, long fresh, long stale, long offline) {}
