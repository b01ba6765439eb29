/** How the network and its trackers are told. */
@NullMarked
package io.gonkapulse.apigateway.network;

import org.jspecify.annotations.NullMarked;
