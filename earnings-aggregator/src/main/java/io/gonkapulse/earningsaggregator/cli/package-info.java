/** The operator's commands rebuild and verify. */
@NullMarked
package io.gonkapulse.earningsaggregator.cli;

import org.jspecify.annotations.NullMarked;
