package io.gonkapulse.statswriter.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times of the polls of one tracker.
 *
 * @param lastPollAt start of the newest reported poll
 * @param lastSuccessAt start of the newest successful poll
 */
record TrackerFreshnessRow(
        String tracker,
        Duration interval,
        @Nullable Instant lastPollAt,
        @Nullable Instant lastSuccessAt) {}
