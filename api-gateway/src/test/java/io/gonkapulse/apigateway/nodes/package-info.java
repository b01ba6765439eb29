/** The node routes. */
@NullMarked
package io.gonkapulse.apigateway.nodes;

import org.jspecify.annotations.NullMarked;
