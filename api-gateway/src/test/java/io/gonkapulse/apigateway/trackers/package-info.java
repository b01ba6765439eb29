/** Who may see what of the trackers. */
@NullMarked
package io.gonkapulse.apigateway.trackers;

import org.jspecify.annotations.NullMarked;
