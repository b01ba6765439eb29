/** The same history made again from the topic, compared, and put in place. */
@NullMarked
package io.gonkapulse.earningsaggregator.rebuild;

import org.jspecify.annotations.NullMarked;
