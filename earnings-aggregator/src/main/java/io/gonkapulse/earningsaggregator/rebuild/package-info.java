/** Rebuilds the history from the topic, compares it with the stored one and replaces it. */
@NullMarked
package io.gonkapulse.earningsaggregator.rebuild;

import org.jspecify.annotations.NullMarked;
