/** Measurements of jobs' reports. */
@NullMarked
package io.gonkapulse.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;
