package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.results.EffortLevel;
import java.time.Duration;

/** How long to measure: a young JVM takes several times as much as one that has warmed up. */
record LiveMeasurementPlan(Duration backlogTime, Duration warmupTime, Duration measuredTime) {

    static LiveMeasurementPlan forEffort(EffortLevel effort) {
        return effort == EffortLevel.QUICK
                ? new LiveMeasurementPlan(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2))
                : new LiveMeasurementPlan(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
}
