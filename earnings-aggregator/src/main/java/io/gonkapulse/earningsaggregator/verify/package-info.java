/** Compares the stored earnings with those computed again from the topic, and reports each difference. */
@NullMarked
package io.gonkapulse.earningsaggregator.verify;

import org.jspecify.annotations.NullMarked;
