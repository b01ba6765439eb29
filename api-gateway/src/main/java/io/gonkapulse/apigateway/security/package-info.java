/** API keys and their rights; limits on requests, connections and unread responses. */
@NullMarked
package io.gonkapulse.apigateway.security;

import org.jspecify.annotations.NullMarked;
