/** The trackers, and statistics of their polls. */
@NullMarked
package io.gonkapulse.apigateway.trackers;

import org.jspecify.annotations.NullMarked;
