/** What is done from time to time, whether records come or not. */
@NullMarked
package io.gonkapulse.earningsaggregator.upkeep;

import org.jspecify.annotations.NullMarked;
