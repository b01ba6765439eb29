package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.results.Effort;
import java.time.Duration;

/** How long to measure: a young JVM takes several times as much as one that has warmed up. */
record LiveRound(Duration backlog, Duration warmup, Duration measured) {

    static LiveRound of(Effort effort) {
        return effort == Effort.QUICK
                ? new LiveRound(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2))
                : new LiveRound(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
}
