/** Snapshots read again into the tables. */
@NullMarked
package io.gonkapulse.statswriter.replay;

import org.jspecify.annotations.NullMarked;
