/** API keys: a file of hashes, the command that writes it, and the rights of a request. */
@NullMarked
package io.gonkapulse.apigateway.security.keys;

import org.jspecify.annotations.NullMarked;
