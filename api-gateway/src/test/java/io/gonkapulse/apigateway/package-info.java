/** Readiness. */
@NullMarked
package io.gonkapulse.apigateway;

import org.jspecify.annotations.NullMarked;
