/** Forked JVMs, so that load, broker and measured program do not share a heap, and their measurements. */
@NullMarked
package io.gonkapulse.benchmarks.process;

import org.jspecify.annotations.NullMarked;
