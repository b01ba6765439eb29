/** Stores polls, the state of each tracker, and which successful poll covers which partition. */
@NullMarked
package io.gonkapulse.statswriter.poll;

import org.jspecify.annotations.NullMarked;
