/** A gateway on a real database, and rows for it. */
@NullMarked
package io.gonkapulse.apigateway.support;

import org.jspecify.annotations.NullMarked;
