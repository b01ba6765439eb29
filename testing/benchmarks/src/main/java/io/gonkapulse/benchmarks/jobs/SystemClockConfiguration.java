package io.gonkapulse.benchmarks.jobs;

import java.time.InstantSource;

/** The clock of benchmarks that JMH starts. */
final class SystemClockConfiguration {

    static final InstantSource CLOCK = InstantSource.system();

    private SystemClockConfiguration() {}
}
