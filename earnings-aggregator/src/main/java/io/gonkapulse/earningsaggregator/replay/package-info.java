/** Reads all records of the snapshot topic, independently of the live consumer. */
@NullMarked
package io.gonkapulse.earningsaggregator.replay;

import org.jspecify.annotations.NullMarked;
