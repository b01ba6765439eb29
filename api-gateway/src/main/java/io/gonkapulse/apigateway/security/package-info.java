/** API keys: a file of hashes, and the command that writes it. */
@NullMarked
package io.gonkapulse.apigateway.security;

import org.jspecify.annotations.NullMarked;
