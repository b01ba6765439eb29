/** Processes that do not share a heap with what they measure, and the results that every suite returns. */
@NullMarked
package io.gonkapulse.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
