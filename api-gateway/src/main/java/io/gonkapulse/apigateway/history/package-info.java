/** Weight, inferences and uptime of a node and of the network, day by day. */
@NullMarked
package io.gonkapulse.apigateway.history;

import org.jspecify.annotations.NullMarked;
