/** The command that writes the key file, and the key and rights of a request. */
@NullMarked
package io.gonkapulse.apigateway.security.keys;

import org.jspecify.annotations.NullMarked;
