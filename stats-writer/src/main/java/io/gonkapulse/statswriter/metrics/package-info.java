/** Meters of the age of the tables. */
@NullMarked
package io.gonkapulse.statswriter.metrics;

import org.jspecify.annotations.NullMarked;
