/** The ledger: the largest live counters and the best settlement of each epoch, merged in any order. */
@NullMarked
package io.gonkapulse.earningsaggregator.ledger;

import org.jspecify.annotations.NullMarked;
