/** API keys and limits. */
@NullMarked
package io.gonkapulse.apigateway.security;

import org.jspecify.annotations.NullMarked;
