/** The network and trackers routes. */
@NullMarked
package io.gonkapulse.apigateway.network;

import org.jspecify.annotations.NullMarked;
