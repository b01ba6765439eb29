/** The network as a whole, and its trackers with statistics of their polls. */
@NullMarked
package io.gonkapulse.apigateway.network;

import org.jspecify.annotations.NullMarked;
