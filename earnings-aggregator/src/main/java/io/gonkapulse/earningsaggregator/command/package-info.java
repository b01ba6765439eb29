/** What an operator runs by hand. */
@NullMarked
package io.gonkapulse.earningsaggregator.command;

import org.jspecify.annotations.NullMarked;
