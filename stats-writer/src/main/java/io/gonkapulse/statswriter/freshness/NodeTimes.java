package io.gonkapulse.statswriter.freshness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nodes by the tracker that their newest snapshot is of.
 *
 * @param newest when the newest of these snapshots was fetched
 * @param fresh neither stale nor offline
 * @param stale not offline, but old
 */
record NodeTimes(String tracker, @Nullable Instant newest, long fresh, long stale, long offline) {}
