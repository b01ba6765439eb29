/** A backlog of snapshots: read, parsed, written. */
@NullMarked
package io.gonkapulse.benchmarks.writer;

import org.jspecify.annotations.NullMarked;
