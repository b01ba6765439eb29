package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.results.EffortLevel;
import java.time.Duration;

/** Durations of one measurement. The warm-up matters: a cold JVM needs several times the processor time. */
record LiveMeasurementPlan(Duration backlogTime, Duration warmupTime, Duration measuredTime) {

    static LiveMeasurementPlan forEffort(EffortLevel effort) {
        return effort == EffortLevel.QUICK
                ? new LiveMeasurementPlan(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2))
                : new LiveMeasurementPlan(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
}
