/** Snapshots: merged to one row a node, and written. */
@NullMarked
package io.gonkapulse.statswriter.snapshot;

import org.jspecify.annotations.NullMarked;
