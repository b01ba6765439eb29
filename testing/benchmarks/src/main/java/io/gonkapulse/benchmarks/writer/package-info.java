/** The stats-writer with a backlog of snapshots, and its peers. */
@NullMarked
package io.gonkapulse.benchmarks.writer;

import org.jspecify.annotations.NullMarked;
