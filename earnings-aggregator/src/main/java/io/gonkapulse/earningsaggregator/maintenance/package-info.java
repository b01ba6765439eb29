/** Scheduled tasks that do not depend on incoming records. */
@NullMarked
package io.gonkapulse.earningsaggregator.maintenance;

import org.jspecify.annotations.NullMarked;
