/** Compares stored earnings with those computed again, and reports each difference. */
@NullMarked
package io.gonkapulse.earningsaggregator.verify;

import org.jspecify.annotations.NullMarked;
