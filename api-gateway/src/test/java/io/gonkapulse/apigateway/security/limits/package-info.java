/** Access with keys, and the limits of clients. */
@NullMarked
package io.gonkapulse.apigateway.security.limits;

import org.jspecify.annotations.NullMarked;
