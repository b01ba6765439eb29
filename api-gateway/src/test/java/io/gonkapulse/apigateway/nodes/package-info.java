/** How nodes are listed and shown. */
@NullMarked
package io.gonkapulse.apigateway.nodes;

import org.jspecify.annotations.NullMarked;
