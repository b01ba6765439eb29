/** The epochs routes. */
@NullMarked
package io.gonkapulse.apigateway.epochs;

import org.jspecify.annotations.NullMarked;
