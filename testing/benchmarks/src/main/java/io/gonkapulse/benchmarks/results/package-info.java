/** Measured values that every suite returns. */
@NullMarked
package io.gonkapulse.benchmarks.results;

import org.jspecify.annotations.NullMarked;
