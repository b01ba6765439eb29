@NullMarked
package io.gonkapulse.benchmarks;

import org.jspecify.annotations.NullMarked;
