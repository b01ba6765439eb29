/** Who is polled, and how well that goes. */
@NullMarked
package io.gonkapulse.apigateway.trackers;

import org.jspecify.annotations.NullMarked;
