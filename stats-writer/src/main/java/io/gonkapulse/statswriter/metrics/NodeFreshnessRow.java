package io.gonkapulse.statswriter.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Node counts of one tracker: the tracker of the node's newest snapshot.
 *
 * @param newestFetchedAt fetch time of the newest snapshot
 * @param fresh neither stale nor offline
 * @param stale older than the TTL, but not offline
 */
record NodeFreshnessRow(String tracker, @Nullable Instant newestFetchedAt, long fresh, long stale, long offline) {}
