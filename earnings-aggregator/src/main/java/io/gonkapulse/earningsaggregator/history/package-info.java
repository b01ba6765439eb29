/** The ledger, the days that follow from it, and what is shown of them, in the database. */
@NullMarked
package io.gonkapulse.earningsaggregator.history;

import org.jspecify.annotations.NullMarked;
