/** What every suite reports, and how it is shown. */
@NullMarked
package io.gonkapulse.benchmarks.results;

import org.jspecify.annotations.NullMarked;
