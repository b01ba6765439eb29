/** What is done from time to time, whether records come or not. */
@NullMarked
package io.gonkapulse.earningsaggregator.maintenance;

import org.jspecify.annotations.NullMarked;
