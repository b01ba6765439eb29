/** The key file. */
@NullMarked
package io.gonkapulse.apigateway.security.keys;

import org.jspecify.annotations.NullMarked;
