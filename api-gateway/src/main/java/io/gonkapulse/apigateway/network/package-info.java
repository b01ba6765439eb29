/** The network as a whole. */
@NullMarked
package io.gonkapulse.apigateway.network;

import org.jspecify.annotations.NullMarked;
