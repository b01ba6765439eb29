/** The aggregator: rebuilds of the history, and the live consumer. */
@NullMarked
package io.gonkapulse.benchmarks.earnings;

import org.jspecify.annotations.NullMarked;
