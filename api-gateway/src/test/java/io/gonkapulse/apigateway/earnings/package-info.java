/** The earnings routes. */
@NullMarked
package io.gonkapulse.apigateway.earnings;

import org.jspecify.annotations.NullMarked;
