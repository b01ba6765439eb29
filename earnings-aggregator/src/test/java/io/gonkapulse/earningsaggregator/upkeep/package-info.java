@NullMarked
package io.gonkapulse.earningsaggregator.upkeep;

import org.jspecify.annotations.NullMarked;
