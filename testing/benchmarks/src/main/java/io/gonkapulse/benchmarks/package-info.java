/** The command line of the benchmarks, and the codec's suite: JMH on one core. */
@NullMarked
package io.gonkapulse.benchmarks;

import org.jspecify.annotations.NullMarked;
