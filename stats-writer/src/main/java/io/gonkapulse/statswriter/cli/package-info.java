/** Snapshots read again into the tables. */
@NullMarked
package io.gonkapulse.statswriter.cli;

import org.jspecify.annotations.NullMarked;
