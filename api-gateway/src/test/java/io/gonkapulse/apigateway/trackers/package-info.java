/** Access to the internals of trackers. */
@NullMarked
package io.gonkapulse.apigateway.trackers;

import org.jspecify.annotations.NullMarked;
