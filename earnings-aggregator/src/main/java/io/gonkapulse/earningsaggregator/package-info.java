/** Earnings of every node by day, to the ngonka. */
@NullMarked
package io.gonkapulse.earningsaggregator;

import org.jspecify.annotations.NullMarked;
