/** JVMs of their own for what is measured, and for what is not to be measured with it. */
@NullMarked
package io.gonkapulse.benchmarks.process;

import org.jspecify.annotations.NullMarked;
