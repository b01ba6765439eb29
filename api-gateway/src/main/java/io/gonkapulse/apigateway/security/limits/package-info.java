/** Limits on requests, connections and unread responses, CORS, and security headers. */
@NullMarked
package io.gonkapulse.apigateway.security.limits;

import org.jspecify.annotations.NullMarked;
