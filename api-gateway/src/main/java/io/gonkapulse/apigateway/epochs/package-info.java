/** Epochs of a node and of the network, their settlements and the deadlines of claims. */
@NullMarked
package io.gonkapulse.apigateway.epochs;

import org.jspecify.annotations.NullMarked;
