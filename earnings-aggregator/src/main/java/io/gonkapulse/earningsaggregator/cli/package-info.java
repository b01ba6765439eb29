/** What an operator runs by hand. */
@NullMarked
package io.gonkapulse.earningsaggregator.cli;

import org.jspecify.annotations.NullMarked;
