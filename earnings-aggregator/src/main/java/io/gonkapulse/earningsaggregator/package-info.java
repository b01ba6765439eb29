/** The service that computes the daily earnings of every node, exact to the ngonka. */
@NullMarked
package io.gonkapulse.earningsaggregator;

import org.jspecify.annotations.NullMarked;
