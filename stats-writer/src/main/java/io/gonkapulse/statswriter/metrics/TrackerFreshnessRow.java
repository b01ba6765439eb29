package io.gonkapulse.statswriter.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the polls of one tracker.
 *
 * @param lastPollAt when the newest poll that is told of began
 * @param lastSuccessAt when the newest successful one began
 */
record TrackerFreshnessRow(
        String tracker,
        Duration interval,
        @Nullable Instant lastPollAt,
        @Nullable Instant lastSuccessAt) {}
