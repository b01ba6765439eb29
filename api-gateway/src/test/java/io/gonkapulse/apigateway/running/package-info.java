/** The gateway as its users meet it: over HTTP, on a real database. */
@NullMarked
package io.gonkapulse.apigateway.running;

import org.jspecify.annotations.NullMarked;
