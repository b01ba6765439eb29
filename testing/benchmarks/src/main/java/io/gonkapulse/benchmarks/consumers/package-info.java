/** The stats-writer and the earnings-aggregator, against plain consumers and against peers. */
@NullMarked
package io.gonkapulse.benchmarks.consumers;

import org.jspecify.annotations.NullMarked;
