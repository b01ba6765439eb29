/** Merges snapshots to one row per node and writes them. */
@NullMarked
package io.gonkapulse.statswriter.snapshot;

import org.jspecify.annotations.NullMarked;
