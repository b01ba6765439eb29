package io.gonkapulse.statswriter.freshness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the polls of one tracker.
 *
 * @param lastPoll when the newest poll that is told of began
 * @param lastSuccess when the newest successful one began
 */
record TrackerTimes(
        String tracker,
        Duration interval,
        @Nullable Instant lastPoll,
        @Nullable Instant lastSuccess) {}
