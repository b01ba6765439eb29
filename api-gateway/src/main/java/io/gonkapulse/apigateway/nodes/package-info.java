/** Nodes with their newest stats. */
@NullMarked
package io.gonkapulse.apigateway.nodes;

import org.jspecify.annotations.NullMarked;
