/** What merging cannot spoil: the largest live counters and the best settlement of each epoch. */
@NullMarked
package io.gonkapulse.earningsaggregator.ledger;

import org.jspecify.annotations.NullMarked;
