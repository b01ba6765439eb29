/** Rolls the ledger up into days, totals and current stats. */
@NullMarked
package io.gonkapulse.earningsaggregator.history;

import org.jspecify.annotations.NullMarked;
