/** How fast history is made again from the topic. */
@NullMarked
package io.gonkapulse.benchmarks.earnings;

import org.jspecify.annotations.NullMarked;
